import type { JsonObject } from '@ecs-release/testbed'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { editList } from './answers.fixture.ts'
import { balanced, placeFile, type World, world } from './world.fixture.ts'

/** The target group's port differs from the container's, as it does in most stacks: that is no problem. */
const options = {
  ...balanced,
  loadBalancer: { ...balanced.loadBalancer, targetGroupPort: 80 },
  timeScale: 60,
}

let aws: World
beforeAll(async () => {
  aws = await world(options)
})
afterAll(() => aws[Symbol.asyncDispose]())
afterEach(() => {
  aws.testbed.faults.clear()
})

const logs = { 'awslogs-group': '/ecs/orders', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'app' }

/** The task definition of the stack as a file, with what a test changes. */
function file(change: JsonObject = {}, container: JsonObject = {}): string {
  return JSON.stringify({
    family: 'orders',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
    ...change,
    containerDefinitions: [
      {
        name: 'app',
        image: aws.v1.uri,
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: { logDriver: 'awslogs', options: logs },
        ...container,
      },
    ],
  })
}

/** Deploys a task definition file, and sees that nothing is written. */
async function deployed(text: string, inputs: Record<string, string> = {}, env: Record<string, string> = {}) {
  await using workspace = await placeFile('task.json', text)
  const before = aws.testbed.calls.all().length
  const run = await aws.deploy({ 'task-definition': 'task.json', ...inputs }, { ...workspace, env })
  const made = aws.testbed.calls.all().slice(before)
  expect(made.filter(({ operation }) => /^(Register|Update|Create|Delete|Put)/.test(operation))).toEqual([])
  const codes = JSON.parse(run.outputs.findings ?? '[]').map(({ code }: { code: string }) => code)
  return { run, codes }
}

const { elbv2, ecs } = { elbv2: () => aws.testbed.clients.elbv2, ecs: () => aws.testbed.clients.ecs }
const healthCheckPort = (port: string) =>
  elbv2().modifyTargetGroup({ TargetGroupArn: aws.stack.targetGroupArn ?? '', HealthCheckPort: port })
const limits = (minimumHealthyPercent: number, maximumPercent: number) =>
  ecs().updateService({
    cluster: 'orders',
    service: 'orders',
    deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
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
      /no executionRoleArn, and container app takes its image from Amazon ECR, container app logs to CloudWatch Logs$/,
      /AmazonECSTaskExecutionRolePolicy/,
    ],
  ]
  test.each(wrong)('%s: %s', async (_, code, change, cause, remedy) => {
    const { codes, run } = await deployed(file(...change()))
    await using _run = run
    expect(run.outputs).toMatchObject({ outcome: 'refused', 'deployment-id': '' })
    expect(codes).toEqual([code])
    expect(run.outputs.message).toMatch(/^A new revision of orders was not deployed to orders: /)
    expect(run.outputs.message).toMatch(cause)
    expect(run.annotations[0]?.message).toMatch(remedy)
    expect(run.summary).toContain('To do: ')
  })

  test('a fixed health-check port where no container listens', async () => {
    await healthCheckPort('9000')
    const { codes, run } = await deployed(file({ cpu: '512', memory: '1024' }))
    await using _run = run
    expect(codes).toEqual(['health-check-port'])
    expect(run.outputs.message).toMatch(
      /health check of the target group orders asks port 9000, and the task listens on port 8080 of container app/,
    )
    expect(run.annotations[0]?.message).toContain('traffic-port')
    const mappings = [{ containerPort: 8080 }, { containerPort: 9000 }]
    const near = await deployed(file({}, { portMappings: mappings }), { 'dry-run': 'true' })
    await using _near = near.run
    expect(near.run.outputs.outcome).toBe('planned')
    await healthCheckPort('8080')
    const fixed = await deployed(file({ cpu: '512', memory: '1024' }), { 'dry-run': 'true' })
    await using _fixed = fixed.run
    expect(fixed.run.outputs.outcome).toBe('planned')
    await healthCheckPort('traffic-port')
  })

  test('a target group for instances, in network mode awsvpc', async () => {
    const instances = editList('DescribeTargetGroups', 'TargetGroups', (group) => ({
      ...group,
      TargetType: 'instance',
    }))
    aws.testbed.faults.inject({ ...instances, service: 'elasticloadbalancing' })
    const { codes, run } = await deployed(file({ cpu: '512', memory: '1024' }))
    await using _run = run
    expect(codes).toEqual(['target-type'])
    expect(run.annotations[0]?.message).toContain('target_type = "ip"')
  })

  test('percentages with which one task can neither stop nor be joined by another', async () => {
    await limits(50, 150)
    const changed = file({ cpu: '512', memory: '1024' })
    const { codes, run } = await deployed(changed)
    await using _run = run
    expect(codes).toEqual(['cannot-roll'])
    expect(run.outputs.message).toMatch(
      /with minimumHealthyPercent 50 and maximumPercent 150 a deployment of 1 task can never begin/,
    )
    expect(run.annotations[0]?.message).toContain('maximumPercent to 200 or more')
    // Two tasks may be three, or one.
    const two = await deployed(changed, { 'desired-count': '2', 'dry-run': 'true' })
    await using _two = two.run
    expect(two.run.outputs.outcome).toBe('planned')
    await using unchanged = await aws.deploy({ images: aws.v1.uri })
    expect(unchanged.outputs.outcome).toBe('no-change')
    await limits(100, 200)
  })

  test('all problems at once, also in a dry run', async () => {
    const sick = file(
      { executionRoleArn: '' },
      { portMappings: [], image: aws.v1.reference.replace(/v1$/, 'v9') },
    )
    for (const dryRun of ['false', 'true']) {
      const { codes, run } = await deployed(sick, { 'dry-run': dryRun })
      await using _run = run
      expect(run.outputs.outcome).toBe('refused')
      expect(codes).toEqual(['port-mapping', 'execution-role-missing', 'image-missing'])
      expect(run.outputs.message).toMatch(/whose portMappings have no port, and 2 more problems$/)
      expect(run.summary.match(/To do: /g)).toHaveLength(3)
      expect(run.log.match(/^.*Cause: /gm)).toHaveLength(3)
    }
  })
})

describe('not refused', () => {
  test.each<[string, () => [JsonObject?, JsonObject?]]>([
    ['a target group with port 80 before a container with port 8080', () => [{ cpu: '512', memory: '1024' }]],
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
    const { codes, run } = await deployed(file(...change()), { 'dry-run': 'true' })
    await using _run = run
    expect([run.outputs.outcome, codes, run.annotations]).toEqual(['planned', [], []])
    expect(run.log).toContain('Nothing was found that would let the deployment fail')
  })

  test.each([
    ['elasticloadbalancing:DescribeTargetGroups', 'the target groups of the service'],
    ['logs:DescribeLogGroups', 'the log group /ecs/orders'],
  ])('what the role may not look at for want of %s', async (action, what) => {
    aws.testbed.credentials.deny(action)
    const { run } = await deployed(file({ cpu: '512', memory: '1024' }), { 'dry-run': 'true' })
    aws.testbed.credentials.allow(action)
    await using _run = run
    expect(run.outputs.outcome).toBe('planned')
    const [notice, ...others] = run.annotations
    expect([notice?.level, others]).toEqual(['notice', []])
    expect(notice?.message).toContain(`Not checked before the deployment: ${what}. `)
    expect(notice?.message).toContain(`"Action":"${action}"`)
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
    const { codes, run } = await deployed(file({ cpu: '512', memory: '1024' }), {}, ending(30))
    await using _run = run
    expect([run.outputs.outcome, codes]).toEqual(['refused', ['credentials-too-short']])
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
