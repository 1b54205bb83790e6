import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runScript } from './step-script.fixture.ts'
import { jobsOf, scriptOf } from './workflow-files.fixture.ts'

const digest = `sha256:${'0a1b'.repeat(16)}`
const uri = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders@${digest}`
const region = 'eu-west-1'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Ended {
  environment: string
  outcome: string
  image?: string
  cluster?: string
  service?: string
}

/** Keeps the evidence of a deployment under the name that deploy.yml gives it. */
function keep({ cluster = 'main', environment, image = uri, outcome, service = 'orders' }: Ended): void {
  const who = { ENVIRONMENT: environment, ROLE: 'arn', REGION: region, CLUSTER: cluster, SERVICE: service }
  const { output } = runScript(scriptOf('deploy', 'deploy', 'who'), who)
  const [, artifact = ''] = /^artifact=(.*)\n$/.exec(output) ?? []
  mkdirSync(join(folder, artifact))
  const evidence = {
    outcome,
    message: `${service} ended in ${cluster}`,
    service: {
      arn: `arn:aws:ecs:${region}:111122223333:service/${cluster}/${service}`,
      name: service,
      cluster,
    },
    containers: [{ container: 'app', image, digest }],
  }
  writeFileSync(join(folder, artifact, 'evidence.json'), JSON.stringify(evidence))
}

/** An environment by its name, or with what the release says of it beside. */
type Environment = string | Readonly<Record<string, string>>

function report(environments: readonly Environment[], production = '', evidence = folder): string {
  const entries = environments.map((each) => (typeof each === 'string' ? { name: each } : each))
  const plan = runScript(scriptOf('release', 'plan', 'plan'), {
    ENVIRONMENTS: JSON.stringify(entries),
    PRODUCTION: production && JSON.stringify({ name: production }),
  })
  const { exitCode, log, summary } = runScript(scriptOf('release', 'report', 'report'), {
    ENVIRONMENTS: /^environments=(.*)$/m.exec(plan.output)?.[1] ?? '',
    PRODUCTION: /^production=(.*)$/m.exec(plan.output)?.[1] ?? '',
    REPOSITORY: 'orders',
    TAG: 'main-5f3c',
    DIGEST: digest,
    URI: uri,
    EVIDENCE: evidence,
  })
  expect(exitCode, log).toBe(0)
  expect(log).toBe('')
  return summary
}

const unknown = 'not known | The evidence could not be fetched: see the job of the deployment'

test('says of each environment, in their order, how its deployment ended', () => {
  keep({ environment: 'production', outcome: 'succeeded', cluster: 'orders-production' })
  keep({ environment: 'EU staging', outcome: 'no-change' })
  expect(report(['EU staging', 'dev'], 'production')).toBe(`## Released to EU staging → dev → production

| Repository | Tag | Digest |
| --- | --- | --- |
| orders | main-5f3c | ${digest} |

| Environment | Outcome | Message |
| --- | --- | --- |
| EU staging | no-change | orders ended in main |
| dev | ${unknown} |
| production | succeeded | orders ended in orders-production |
`)
})

test.each([
  ['where all had it', ['no-change', 'no-change'], 'Already released to'],
  ['where one had it', ['no-change', 'succeeded'], 'Released to'],
])('does not call that released which was there before: %s', (_, [dev = '', staging = ''], said) => {
  keep({ environment: 'dev', outcome: dev })
  keep({ environment: 'staging', outcome: staging })
  expect(report(['dev', 'staging'])).toMatch(new RegExp(`^## ${said} dev → staging\n`))
})

test.each([
  ['a slash', 'eu/staging', 'eu/staging'],
  ['all that GitHub refuses in the name of an artifact', 'a":<>|*?\r\n\\/b', 'a":\\<\\>\\|\\*? \\\\/b'],
  ['a quote', `o'brien "eu"`, `o'brien "eu"`],
  ['what is Markdown', 'eu_west *[1]*', 'eu\\_west \\*\\[1\\]\\*'],
])('finds the evidence of an environment with %s in its name', (_, environment, shown) => {
  keep({ environment, outcome: 'succeeded' })
  const text = report([environment])
  expect(text).toContain(`## Released to ${shown}\n`)
  expect(text).toContain(`| ${shown} | succeeded | orders ended in main |`)
})

test.each<[string, Ended]>([
  ['another release of the run', { environment: 'dev', outcome: 'succeeded', image: `${uri}0` }],
  ['an environment whose name begins alike', { environment: 'dev.eu', outcome: 'succeeded' }],
  ['an environment whose name ends alike', { environment: 'eu.dev', outcome: 'succeeded' }],
])('does not take the evidence of %s', (_, other) => {
  keep(other)
  expect(report(['dev'])).toContain(`| dev | ${unknown} |`)
})

test('says it of every service that has the image in an environment', () => {
  keep({ environment: 'dev', outcome: 'succeeded' })
  keep({ environment: 'dev', outcome: 'succeeded', service: 'worker' })
  const text = report(['dev'])
  for (const service of ['orders', 'worker'])
    expect(text).toContain(`| dev | succeeded | ${service} ended in main |`)
})

describe('an environment with several services', () => {
  const api = { name: 'dev', service: 'api' }
  const worker = { name: 'dev', service: `arn:aws:ecs:${region}:111122223333:service/main/worker` }
  const rows = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => /^\| (?!Environment|-)/.test(line))
      .slice(2)

  test('has a row for each, and its name once', () => {
    for (const service of ['worker', 'api']) keep({ environment: 'dev', outcome: 'succeeded', service })
    const text = report([api, worker])
    expect(text).toMatch(/^## Released to dev\n/)
    expect(rows(text)).toEqual([
      '| dev | succeeded | api ended in main |',
      '| dev | succeeded | worker ended in main |',
    ])
  })

  test.each<[string, Environment[]]>([
    ['both are named', [api, worker]],
    ['the other is that of the variable ECS_SERVICE', ['dev', worker]],
  ])('misses the one whose evidence is lost, where %s', (_, environments) => {
    keep({ environment: 'dev', outcome: 'succeeded', service: 'api' })
    expect(rows(report(environments))).toEqual([
      '| dev | succeeded | api ended in main |',
      '| dev | not known | The evidence of worker could not be fetched: see the job of the deployment |',
    ])
  })

  test('is told apart by cluster and Region too, and from that of the variables', () => {
    keep({ environment: 'dev', outcome: 'succeeded', cluster: 'blue' })
    keep({ environment: 'dev', outcome: 'no-change', cluster: 'green' })
    const elsewhere = { name: 'dev', cluster: 'green', 'aws-region': 'us-east-1' }
    expect(rows(report(['dev', { name: 'dev', cluster: 'green' }, elsewhere, 'dev']))).toEqual([
      '| dev | succeeded | orders ended in blue |',
      '| dev | no-change | orders ended in green |',
      `| dev | ${unknown} |`,
    ])
  })
})

test('takes the evidence from where it was put, and is none the worse without it', () => {
  const steps = jobsOf('release').report?.steps ?? []
  const fetched = steps.find(({ uses }) => uses?.startsWith('actions/download-artifact@'))
  expect(fetched).toMatchObject({
    'continue-on-error': true,
    with: { pattern: 'ecs-deploy-verify.*', path: `\${{ runner.temp }}/evidence` },
  })
  expect(steps.at(-1)).toMatchObject({ id: 'report', env: { EVIDENCE: fetched?.with?.path } })
  expect(report(['dev'], '', join(folder, 'absent'))).toContain(`| dev | ${unknown} |`)
})
