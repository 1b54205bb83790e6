import type { JsonObject } from '@ecs-release/testbed'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deployFile, file, logs, resized, throughPort80 } from './checked-service.fixture.ts'
import { type World, world } from './world.fixture.ts'

let aws: World
beforeAll(async () => {
  aws = await world(throughPort80)
})
afterAll(() => aws[Symbol.asyncDispose]())

describe('not refused', () => {
  test.each<[string, () => [JsonObject?, JsonObject?]]>([
    ['a target group with port 80 before a container with port 8080', () => [resized]],
    [
      'a log group that the driver creates',
      () => [
        {},
        {
          logConfiguration: {
            logDriver: 'awslogs',
            options: { ...logs, 'awslogs-group': '/ecs/new', 'awslogs-create-group': 'true' },
          },
        },
      ],
    ],
    [
      'no execution role where none is needed',
      () => [
        { executionRoleArn: '' },
        { image: 'nginx:1', logConfiguration: { logDriver: 'splunk', options: {} } },
      ],
    ],
    ['a second port', () => [{}, { portMappings: [{ containerPort: 9000 }, { containerPort: 8080 }] }]],
  ])('%s', async (_, change) => {
    await using run = await deployFile(aws, file(aws, ...change()), { 'dry-run': 'true' })
    expect([run.outputs.outcome, run.codes, run.annotations]).toEqual(['planned', [], []])
    expect(run.log).toMatch(/nothing was found that would let the deployment fail/i)
  })

  test.each([
    ['elasticloadbalancing:DescribeTargetGroups', 'the target groups of the service'],
    ['logs:DescribeLogGroups', 'the log group /ecs/orders'],
  ])('what the role may not look at for want of %s', async (action, what) => {
    aws.testbed.credentials.deny(action)
    await using run = await deployFile(aws, file(aws, resized), { 'dry-run': 'true' })
    aws.testbed.credentials.allow(action)
    expect(run.outputs.outcome).toBe('planned')
    const [notice, ...others] = run.annotations
    expect([notice?.level, others]).toEqual(['notice', []])
    expect(notice?.message).toContain(`Not checked before the deployment: ${what}. `)
    expect(notice?.message).toContain(`"Action":"${action}"`)
    expect(run.log).toContain(
      'In what could be checked, nothing was found that would let the deployment fail',
    )
    expect(run.log).not.toContain('Nothing was found')
  })

  test('a release of a healthy stack, without a word about it', async () => {
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', findings: '[]' })
    expect(run.annotations).toEqual([])
  })
})

describe('credentials', () => {
  const ending = (seconds: number) => ({
    AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + seconds * 1000).toISOString(),
  })

  test('that end before any deployment could are refused', async () => {
    await using run = await deployFile(aws, file(aws, resized), {}, ending(30))
    expect([run.outputs.outcome, run.codes]).toEqual(['refused', ['credentials-too-short']])
    expect(run.outputs.message).toMatch(/the credentials end in \d+s, before any deployment could$/)
    expect(run.annotations[0]?.message).toContain('role-duration-seconds')
  })

  test('that end before the time-out are warned of', async () => {
    const inputs = { 'desired-count': '1', 'force-new-deployment': 'true', timeout: '30m' }
    await using run = await aws.deploy(inputs, { env: ending(900) })
    expect(run.outputs.outcome).toBe('succeeded')
    expect(run.annotations.map(({ level }) => level)).toEqual(['warning'])
    expect(run.annotations[0]?.message).toMatch(
      /^The credentials end in 1\dm\d*s?, and the time-out is 30m: /,
    )
  })

  test('that last as long as the time-out are not spoken of', async () => {
    await using run = await aws.deploy({ 'force-new-deployment': 'true' }, { env: ending(3600) })
    expect([run.outputs.outcome, run.annotations]).toEqual(['succeeded', []])
  })
})
