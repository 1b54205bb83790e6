import type { JsonObject } from '@ecs-release/testbed'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deployFile, file, logs, onInstances, resized, throughPort80 } from './checked-service.fixture.ts'
import { type World, world } from './world.fixture.ts'

let aws: World
beforeAll(async () => {
  aws = await world(throughPort80)
})
afterAll(() => aws[Symbol.asyncDispose]())

const healthCheckPort = (port: string) =>
  aws.testbed.clients.elbv2.modifyTargetGroup({
    TargetGroupArn: aws.stack.targetGroupArn ?? '',
    HealthCheckPort: port,
  })
const limits = (minimumHealthyPercent: number, maximumPercent: number) =>
  aws.testbed.clients.ecs.updateService({
    cluster: 'orders',
    service: 'orders',
    deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
  })

// What a test has changed is put back also when it fails.
afterEach(async () => {
  aws.testbed.faults.clear()
  await healthCheckPort('traffic-port')
  await limits(100, 200)
})

describe('refused before anything is written, each with its remedy', () => {
  const wrong: [string, string, () => [JsonObject?, JsonObject?], RegExp, RegExp][] = [
    [
      'a port that is not mapped',
      'port-mapping',
      () => [{}, { portMappings: [{ containerPort: 3000 }] }],
      /to port 8080 of container app, whose portMappings have 3000$/,
      /Give the container this name and a portMapping/,
    ],
    [
      'a container of another name',
      'port-mapping',
      () => [{}, { name: 'web' }],
      /to container app, and the task definition has only web$/,
      /containerName and containerPort/,
    ],
    [
      'a log group that does not exist',
      'log-group-missing',
      () => [
        {},
        { logConfiguration: { logDriver: 'awslogs', options: { ...logs, 'awslogs-group': '/ecs/order' } } },
      ],
      /the log group \/ecs\/order of container app does not exist in us-east-1$/,
      /awslogs-create-group/,
    ],
    [
      'no execution role',
      'execution-role-missing',
      () => [{ executionRoleArn: '' }],
      /no executionRoleArn, and container app takes its image from Amazon ECR and logs to CloudWatch Logs$/,
      /AmazonECSTaskExecutionRolePolicy/,
    ],
  ]
  test.each(wrong)('%s: %s', async (_, code, change, cause, remedy) => {
    await using run = await deployFile(aws, file(aws, ...change()))
    expect(run.outputs).toMatchObject({ outcome: 'refused', 'deployment-id': '' })
    expect(run.codes).toEqual([code])
    expect(run.outputs.message).toMatch(/^A new revision of orders was not deployed to orders: /)
    expect(run.outputs.message).toMatch(cause)
    expect(run.annotations[0]?.message).toMatch(remedy)
    expect(run.summary).toContain('To do: ')
  })

  test('a fixed health-check port where no container listens', async () => {
    await healthCheckPort('9000')
    await using run = await deployFile(aws, file(aws, resized))
    expect(run.codes).toEqual(['health-check-port'])
    expect(run.outputs.message).toMatch(
      /health check of the target group orders asks port 9000, and the task listens on port 8080 of container app/,
    )
    expect(run.annotations[0]?.message).toContain('traffic-port')
    const mappings = [{ containerPort: 8080 }, { containerPort: 9000 }]
    await using near = await deployFile(aws, file(aws, {}, { portMappings: mappings }), { 'dry-run': 'true' })
    expect(near.outputs.outcome).toBe('planned')
    await healthCheckPort('8080')
    await using fixed = await deployFile(aws, file(aws, resized), { 'dry-run': 'true' })
    expect(fixed.outputs.outcome).toBe('planned')
  })

  test('a target group for instances, in network mode awsvpc', async () => {
    const loadBalancer = { ...throughPort80.loadBalancer, targetType: 'instance' } as const
    await using bridged = await world({ ...throughPort80, ...onInstances, loadBalancer })
    await using run = await deployFile(bridged, file(bridged, { requiresCompatibilities: ['EC2'] }))
    expect(run.codes).toEqual(['target-type'])
    expect(run.annotations[0]?.message).toContain('target_type = "ip"')
  })

  test('percentages with which one task can neither stop nor be joined by another', async () => {
    await limits(50, 150)
    const changed = file(aws, resized)
    await using run = await deployFile(aws, changed)
    expect(run.codes).toEqual(['cannot-roll'])
    expect(run.outputs.message).toMatch(
      /with minimumHealthyPercent 50 and maximumPercent 150 a deployment of 1 task can never begin/,
    )
    expect(run.annotations[0]?.message).toContain('maximumPercent to 200 or more')
    // Two tasks may be three, or one.
    await using two = await deployFile(aws, changed, { 'desired-count': '2', 'dry-run': 'true' })
    expect(two.outputs.outcome).toBe('planned')
    await using unchanged = await aws.deploy({ images: aws.v1.uri })
    expect(unchanged.outputs.outcome).toBe('no-change')
  })

  test('all problems at once, also in a dry run', async () => {
    const sick = file(
      aws,
      { executionRoleArn: '' },
      { portMappings: [], image: aws.v1.reference.replace(/v1$/, 'v9') },
    )
    for (const dryRun of ['false', 'true']) {
      await using run = await deployFile(aws, sick, { 'dry-run': dryRun })
      expect(run.outputs.outcome).toBe('refused')
      expect(run.codes).toEqual(['port-mapping', 'execution-role-missing', 'image-missing'])
      expect(run.outputs.message).toMatch(/whose portMappings have no port, and 2 more problems$/)
      expect(run.summary.match(/To do: /g)).toHaveLength(3)
      expect(run.log.match(/^.*Cause: /gm)).toHaveLength(3)
    }
  })
})
