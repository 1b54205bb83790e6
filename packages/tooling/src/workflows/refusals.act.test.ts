import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clusterOf, evidenceOf, runningDigests, service, writtenSince } from './account.ts'
import { calling, releaseCaller } from './callers.ts'
import { missingTools } from './needed-tools.fixture.ts'
import { secrets } from './private-packages.ts'
import { type Shop, shop, variables, type WorkflowRun } from './shop.fixture.ts'
import { orders } from './user-repository.ts'

const missing = await missingTools()
const caller = '.github/workflows/caller.yml'
const list = /^environments: expected a JSON list of names or objects, such as \["dev", \{"name": "staging"/
const one = /^production: expected a name or an object as JSON, such as "production" with its quotes$/

describe.skipIf(missing !== undefined)(
  'Docker: what the reusable workflows refuse and leave undone, run by act',
  () => {
    let here: Shop
    let commit = ''

    const run = (workflow: string, inputs: Record<string, string>, vars?: Record<string, string>) =>
      here.run(
        caller,
        here.repository.commit('Try', { ...orders('v1'), [caller]: calling(workflow, inputs) }),
        vars === undefined ? {} : { vars },
      )
    /** The text of the error; nothing was written to AWS, and nobody's role assumed, before it. */
    const refused = ({ exitCode, jobs, roles }: WorkflowRun): string => {
      expect(exitCode).toBe(1)
      expect(roles).toEqual([])
      const errors = jobs.flatMap(({ annotations }) => annotations)
      expect(errors.map(({ level }) => level)).toEqual(['error'])
      return errors[0]?.message ?? ''
    }

    beforeAll(async () => {
      here = await shop()
    })
    afterAll(() => here?.[Symbol.asyncDispose]())

    test.each([
      ['no JSON', { environments: 'dev, staging' }, list],
      ['no list', { environments: '"dev"' }, list],
      ['an empty list', { environments: '[]' }, list],
      ['two lists', { environments: '["dev"] ["staging"]' }, list],
      ['nothing among names', { environments: '["dev", null]' }, list],
      ['no name', { environments: '[{"cluster": "orders-dev"}]' }, list],
      ['an empty name', { environments: '["dev", ""]' }, list],
      ['a member that does not exist', { environments: '[{"name": "dev", "clustr": "orders-dev"}]' }, list],
      ['a member that is no text', { environments: '[{"name": "dev", "cluster": 1}]' }, list],
      ['production without quotes', { production: 'production' }, one],
      ['production as a list', { production: '["production"]' }, one],
    ])('release.yml: environments with %s, before anything is built', async (_, inputs, message) => {
      const ended = await run('release', { repository: 'orders', ...inputs })
      expect(ended.jobs.map(({ name, result }) => [name, result])).toEqual([
        ['called/Release/Plan', 'failure'],
      ])
      expect(refused(ended)).toMatch(message)
    })

    const settings = [
      'AWS_REGION',
      'AWS_BUILD_ROLE_ARN',
      'AWS_DEPLOY_ROLE_ARN',
      'AWS_VERIFY_ROLE_ARN',
      'ECS_SERVICE',
    ]
    const without = (absent: string) =>
      Object.fromEntries(settings.filter((name) => name !== absent).map((name) => [name, 'set']))

    test.each([
      [
        'build',
        'AWS_BUILD_ROLE_ARN',
        'There is no role-to-assume: give the input role-to-assume, or set the variable',
      ],
      ['build', 'AWS_REGION', 'There is no aws-region: '],
      ['deploy', 'AWS_DEPLOY_ROLE_ARN', 'There is no role-to-assume for staging: '],
      ['deploy', 'AWS_REGION', 'There is no aws-region for staging: '],
      [
        'deploy',
        'ECS_SERVICE',
        'There is no service for staging: give the input service, or set the variable',
      ],
      ['verify', 'AWS_VERIFY_ROLE_ARN', 'There is no role-to-assume: '],
      ['verify', 'ECS_SERVICE', 'There is no service: '],
    ])('%s.yml says that %s is missing', async (workflow, absent, message) => {
      const inputs = { build: { repository: 'orders' }, deploy: { environment: 'staging' }, verify: {} }[
        workflow
      ]
      const text = refused(await run(workflow, { ...inputs }, without(absent)))
      expect(text).toContain(message)
      expect(text).toContain(absent)
    })

    test.each([
      [
        'build',
        { repository: 'orders', 'create-repository': 'true' },
        ['if-exists', 'cache', 'cache-repository', 'labels', 'extra-args', 'scan-timeout'],
      ],
      [
        'deploy',
        { environment: 'dev', cluster: clusterOf('dev'), service },
        ['early-failure', 'on-failure', 'on-cancel', 'concurrency', 'probes', 'log-lines'],
      ],
      ['verify', { cluster: clusterOf('dev'), service }, ['early-failure', 'probes', 'log-lines']],
    ])('%s.yml hands on what the action refuses', async (workflow, inputs, names) => {
      const wrong = Object.fromEntries(names.map((name) => [name, '- no -']))
      const ended = await run(workflow, { ...inputs, ...wrong }, variables)
      expect(ended.exitCode).toBe(1)
      const errors = ended.jobs.flatMap(({ annotations }) => annotations.map(({ message }) => message))
      for (const name of names) expect(errors.join('\n')).toMatch(new RegExp(`(^|\n)${name}: `))
    })

    test('a release may end before production', async () => {
      const environment = 'eu/dev'
      const built = await run('build', { repository: 'orders', 'create-repository': 'true', ...plain })
      // As GitHub lets environments be called, and no artifact.
      await here.service(environment, built.outputs.uri ?? '')
      commit = here.repository.commit('Release v2', {
        ...orders('v2'),
        [caller]: releaseCaller([environment]),
      })
      const released = await here.run(caller, commit, { secrets })
      expect(released.exitCode, released.stderr).toBe(0)
      expect(released.jobs.map(({ name }) => name)).toEqual([
        'called/Release/Plan',
        'Build/Build/Test',
        'Build/Build/Image',
        `Deploy to ${environment}/Deploy/${environment}`,
        'called/Release/Report',
        'call release/report',
      ])
      const { summary } = released.job('Release/Report')
      expect(summary).toContain(`## Released to ${environment}\n`)
      expect(summary).toMatch(
        /\| eu\/dev \| succeeded \| orders runs orders-dev:\d+ on 1 task, proven by digest \|/,
      )
      expect(Object.keys(released.artifacts)).toEqual([evidenceOf(environment)])
      expect(released.outputs).toMatchObject({
        digest: released.job('Image').outputs.image?.digest,
        outcome: '',
      })
    })

    test('a release of the same commit says that it was there already', async () => {
      const again = await here.run(caller, commit, { secrets })
      expect(again.exitCode, again.stderr).toBe(0)
      const { summary } = again.job('Release/Report')
      expect(summary).toContain('## Already released to eu/dev\n')
      expect(summary).toMatch(/\| eu\/dev \| no-change \| orders already ran orders-dev:\d+ on 1 task/)
    })

    test('deploy.yml shows what would change, and changes nothing', async () => {
      const [digest = ''] = await runningDigests(here.testbed, 'dev')
      const from = here.testbed.calls.all().length
      const planned = await run(
        'deploy',
        {
          environment: 'dev',
          cluster: clusterOf('dev'),
          service,
          images: `${here.testbed.ecr.host}/orders:latest`,
          'desired-count': '3',
          'dry-run': 'true',
        },
        variables,
      )
      expect(planned.exitCode, planned.stderr).toBe(0)
      expect(planned.outputs).toMatchObject({ outcome: 'planned', verified: 'false' })
      expect(planned.job('Deploy/dev').log).toContain('service desiredCount: 1 → 3')
      expect(writtenSince(here.testbed, from)).toEqual([])
      expect(await runningDigests(here.testbed, 'dev')).toEqual([digest])
    })
  },
)

const plain = { 'build-command': 'mkdir build && cp server.mjs build/' }
