import { describe, expect, test } from 'vitest'
import { editList } from './answers.fixture.ts'
import { onInstances } from './checked-service.fixture.ts'
import { type World, world } from './world.fixture.ts'

const writes = ({ testbed }: World): string[] =>
  testbed.calls
    .all()
    .map(({ operation }) => operation)
    .filter((name) => /^(Register|Update)/.test(name))

/** The testbed schedules no DAEMON services: one with a single instance goes on as one task that is stopped first. */
const daemon = {
  ...onInstances,
  minimumHealthyPercent: 0,
  maximumPercent: 100,
}
const asDaemon = editList('DescribeServices', 'services', (service) => ({
  ...service,
  schedulingStrategy: 'DAEMON',
}))

describe.concurrent('services that this action does not deploy to', () => {
  test.each(['CODE_DEPLOY', 'EXTERNAL'])(
    'refused: the controller %s, with a link to the guide',
    async (type) => {
      await using aws = await world()
      const v2 = await aws.push('v2')
      const before = writes(aws).length
      aws.testbed.faults.inject(
        editList('DescribeServices', 'services', ({ taskDefinition, ...service }) => ({
          ...service,
          // Services of the EXTERNAL controller have it in their task sets alone.
          ...(type === 'EXTERNAL' ? {} : { taskDefinition: taskDefinition ?? '' }),
          deploymentController: { type },
        })),
      )
      const github = { action_repository: 'octo/ecs-release-actions', action_ref: 'v1' }
      await using run = await aws.deploy({ images: v2.uri }, { github })
      expect(run.outputs).toMatchObject({ outcome: 'refused', verified: 'false' })
      expect(run.outputs.message).toBe(
        `The task definition was not deployed to orders: the service orders in the cluster orders is deployed by the controller ${type}`,
      )
      expect(run.outputs.findings).toContain('"controller"')
      expect(run.annotations[0]?.message).toContain(
        'https://github.com/octo/ecs-release-actions/blob/v1/action-docs/guides/moving-from-the-aws-actions.md',
      )
      expect(writes(aws)).toHaveLength(before)
    },
  )

  test('refused with mode: verify too, which speaks of no deployment', async () => {
    await using aws = await world()
    aws.testbed.faults.inject(
      editList('DescribeServices', 'services', (service) => ({
        ...service,
        deploymentController: { type: 'CODE_DEPLOY' },
      })),
    )
    await using run = await aws.deploy({ mode: 'verify' })
    expect(run.outputs.outcome).toBe('refused')
    expect(run.outputs.message).toMatch(
      /^It cannot be proven what orders runs: .* is deployed by the controller CODE_DEPLOY$/,
    )
  })

  test('refused: a service that was deleted', async () => {
    await using aws = await world()
    const { cluster, service } = aws.stack
    await aws.testbed.clients.ecs.deleteService({ cluster, service, force: true })
    await using run = await aws.deploy({ images: aws.v1.uri })
    expect(run.outputs.outcome).toBe('refused')
    expect(run.outputs.message).toMatch(/the service orders in the cluster orders is (DRAINING|INACTIVE)$/)
    expect(run.outputs.findings).toContain('"service-inactive"')
  })
})

describe.concurrent('services that it does deploy to', () => {
  test('on container instances, in network mode bridge', async () => {
    await using aws = await world(onInstances)
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(run.annotations).toEqual([])
  })

  test('DAEMON services, with the percentages that are theirs', async () => {
    await using aws = await world(daemon)
    const v2 = await aws.push('v2')
    aws.testbed.faults.inject(asDaemon)
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(run.annotations).toEqual([])
  })

  test('DAEMON services have no count that could be set', async () => {
    await using aws = await world(daemon)
    aws.testbed.faults.inject(asDaemon)
    const before = writes(aws).length
    await using run = await aws.deploy({ 'desired-count': '3' })
    expect(run.outputs.outcome).toBe('refused')
    expect(run.outputs.message).toContain('desired-count is 3, and orders is a DAEMON service')
    expect(run.outputs.findings).toContain('"daemon-count"')
    expect(run.annotations[0]?.message).toContain('Leave the input desired-count out')
    expect(writes(aws)).toHaveLength(before)
  })
})
