import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runScript } from './step-script.fixture.ts'
import { jobsOf, scriptOf } from './workflow-files.fixture.ts'

const settings = {
  ENVIRONMENT: 'staging',
  ROLE: 'arn:aws:iam::111122223333:role/orders-staging-deploy',
  REGION: 'eu-west-1',
  CLUSTER: 'orders-staging',
  SERVICE: 'orders',
}
const nameOf = (changed: Partial<typeof settings>): string | undefined =>
  /^artifact=(.*)\n$/.exec(
    runScript(scriptOf('deploy', 'deploy', 'who'), { ...settings, ...changed }).output,
  )?.[1]
const arn = 'arn:aws:ecs:eu-west-1:111122223333'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Uploads files as the step does, by the stand-in for actions/upload-artifact; returns what it printed. */
function upload(name: string, file: string, overwrite = 'true'): string {
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace, { recursive: true })
  writeFileSync(join(workspace, file), file)
  const script = join(import.meta.dirname, 'stand-ins/upload-artifact/index.mjs')
  const { stdout } = spawnSync(process.execPath, [script], {
    env: {
      ACT_OUT: folder,
      GITHUB_WORKSPACE: workspace,
      INPUT_NAME: name,
      INPUT_OVERWRITE: overwrite,
      INPUT_PATH: file,
    },
    encoding: 'utf8',
  })
  return stdout
}

describe('the artifact with the evidence of a deployment', () => {
  test('is the one that the step names', () => {
    const step = jobsOf('deploy').deploy?.steps?.find(({ uses }) =>
      uses?.startsWith('actions/upload-artifact@'),
    )
    expect(step?.with?.name).toBe(`\${{ steps.who.outputs.artifact }}`)
  })

  test.each([
    ['names', {}, 'ecs-deploy-verify.staging.eu-west-1.orders-staging.orders'],
    [
      'ARNs',
      { CLUSTER: `${arn}:cluster/orders-staging`, SERVICE: `${arn}:service/orders-staging/orders` },
      'ecs-deploy-verify.staging.eu-west-1.orders-staging.orders',
    ],
    [
      'an environment with a slash',
      { ENVIRONMENT: 'eu/staging' },
      'ecs-deploy-verify.eu-staging.eu-west-1.orders-staging.orders',
    ],
    [
      'all that GitHub refuses',
      { ENVIRONMENT: 'a":<>|*?\r\n\\/b' },
      'ecs-deploy-verify.a-----------b.eu-west-1.orders-staging.orders',
    ],
    [
      'blanks',
      { ENVIRONMENT: 'EU staging [1]' },
      'ecs-deploy-verify.EU staging [1].eu-west-1.orders-staging.orders',
    ],
  ])('from %s has a name that GitHub takes', (_, changed, name) => {
    expect(nameOf(changed)).toBe(name)
    expect(upload(name, 'evidence.json')).toBe('')
    expect(readdirSync(join(folder, 'artifacts'))).toEqual([name])
  })

  test('is of one service alone', () => {
    const others = [
      { SERVICE: 'payments' },
      { CLUSTER: 'orders', SERVICE: 'staging-orders' },
      { CLUSTER: 'orders-staging-orders', SERVICE: 'orders' },
      { REGION: 'us-east-1' },
      { ENVIRONMENT: 'production' },
    ]
    expect(new Set([{}, ...others].map(nameOf)).size).toBe(1 + others.length)
  })
})

describe('the stand-in for actions/upload-artifact', () => {
  test.each(['', 'eu/staging', 'a\\b', 'a:b', 'a"b', 'a<b', 'a>b', 'a|b', 'a*b', 'a?b', 'a\nb', 'a\rb'])(
    'refuses the name %j, as GitHub does',
    (name) => {
      expect(upload(name, 'evidence.json')).toContain('::error::the artifact name is not valid')
      expect(readdirSync(folder)).toEqual(['workspace'])
    },
  )

  test('keeps an artifact unless it is told to overwrite it, and then keeps none of its files', () => {
    upload('evidence', 'first.json')
    expect(upload('evidence', 'second.json', 'false')).toContain('already exists')
    expect(readdirSync(join(folder, 'artifacts/evidence'))).toEqual(['first.json'])
    expect(upload('evidence', 'second.json')).toBe('')
    expect(readdirSync(join(folder, 'artifacts/evidence'))).toEqual(['second.json'])
  })
})
