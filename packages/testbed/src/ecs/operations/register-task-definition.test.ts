import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, bench, webDefinition } from '../testing/bench.ts'

test('AWS adds its defaults, its decisions and the tags beside the definition', async () => {
  const { call, clock } = bench()
  const tags = [{ key: 'team', value: 'shop' }]
  const container = {
    name: 'web',
    image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1',
    portMappings: [{ containerPort: 8080 }],
    healthCheck: { command: ['CMD-SHELL', 'true'], retries: 5 },
  }
  const answer = await call('RegisterTaskDefinition', {
    ...webDefinition,
    cpu: '.5 vCPU',
    memory: '1GB',
    executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
    taskRoleArn: null,
    containerDefinitions: [container],
    tags,
  })
  expect(answer.tags).toEqual(tags)
  expect(answer.taskDefinition).toEqual({
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1',
    family: 'web',
    revision: 1,
    status: 'ACTIVE',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    compatibilities: ['EC2', 'FARGATE'],
    cpu: '512',
    memory: '1024',
    executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
    volumes: [],
    placementConstraints: [],
    registeredAt: clock.now() / 1000,
    registeredBy: 'arn:aws:sts::111122223333:assumed-role/deployer/github',
    requiresAttributes: [
      { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' },
      { name: 'ecs.capability.task-eni' },
      { name: 'ecs.capability.container-health-check' },
      { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.24' },
      { name: 'com.amazonaws.ecs.capability.ecr-auth' },
      { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.19' },
      { name: 'ecs.capability.execution-role-ecr-pull' },
    ],
    containerDefinitions: [
      {
        name: 'web',
        image: container.image,
        cpu: 0,
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
        portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
        healthCheck: { command: ['CMD-SHELL', 'true'], interval: 30, timeout: 5, retries: 5 },
      },
    ],
  })
})

test.each([
  ['jobs/web', 'arn:aws:iam::111122223333:role/jobs/web'],
  ['arn:aws:iam::444455556666:role/web', 'arn:aws:iam::444455556666:role/web'],
  ['', ''],
])('the role %j comes back as %j', async (role, answered) => {
  const roles = { taskRoleArn: role, executionRoleArn: role }
  const { taskDefinition } = await bench().call('RegisterTaskDefinition', { ...webDefinition, ...roles })
  expect(taskDefinition).toMatchObject({ taskRoleArn: answered, executionRoleArn: answered })
})

test('a bridge definition gets dynamic host ports and is not for Fargate', async () => {
  const { networkMode: _mode, requiresCompatibilities: _compatibilities, ...bridge } = webDefinition
  const { taskDefinition } = await bench().call('RegisterTaskDefinition', bridge)
  expect(at(taskDefinition, 'compatibilities')).toEqual(['EXTERNAL', 'EC2'])
  const mappings = at(taskDefinition, 'containerDefinitions', 0, 'portMappings')
  expect(mappings).toEqual([{ containerPort: 8080, hostPort: 0, protocol: 'tcp' }])
})

test('a definition copied from an answer gets a revision of its own', async () => {
  const { call } = bench()
  const { taskDefinition: first } = await call('RegisterTaskDefinition', webDefinition)
  await call('DeregisterTaskDefinition', { taskDefinition: 'web:1' })
  const answer = await call('DescribeTaskDefinition', { taskDefinition: 'web:1' })
  const copied = at(answer, 'taskDefinition')
  expect(copied).toMatchObject({ status: 'INACTIVE', deregisteredAt: expect.any(Number) })
  const { taskDefinition: second } = await call('RegisterTaskDefinition', {
    ...webDefinition,
    ...Object(copied),
  })
  expect(second).toEqual({
    ...Object(first),
    revision: 2,
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:2',
  })
})

// Names that no version of ECS has, so that no default or rule of AWS can apply to them.
const unknownName = fc.stringMatching(/^future[A-Z][a-zA-Z]{0,8}$/)
const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }).map((value): JsonObject[string] => {
  const parsed: JsonObject = JSON.parse(JSON.stringify({ value }))
  return parsed.value ?? 'null'
})
const unknown: fc.Arbitrary<JsonObject> = fc.dictionary(unknownName, json, {
  maxKeys: 4,
  noNullPrototype: true,
})
const environment = fc.array(fc.record({ name: fc.string({ minLength: 1 }), value: fc.string() }), {
  maxLength: 3,
})

test.each(['environment', 'secrets'])(
  '%s comes back in another order, and in the same each time',
  async (list) => {
    const { call } = bench()
    const entries = ['A', 'B', 'C', 'D'].map((name) => ({ name, value: '1', valueFrom: 'arn' }))
    const container = { name: 'web', image: 'nginx:1', [list]: entries }
    const registered = await call('RegisterTaskDefinition', {
      ...webDefinition,
      executionRoleArn: 'role',
      containerDefinitions: [container],
    })
    const answered = at(registered.taskDefinition, 'containerDefinitions', 0, list)
    expect(answered).not.toEqual(entries)
    expect(answered).toEqual(expect.arrayContaining(entries))
    const described = await call('DescribeTaskDefinition', { taskDefinition: 'web' })
    expect(at(described.taskDefinition, 'containerDefinitions', 0, list)).toEqual(answered)
  },
)

test('members that nobody knows survive register → describe, wherever they are', async () => {
  const definitions = fc.record({
    top: unknown,
    container: unknown,
    mapping: unknown,
    health: unknown,
    environment,
  })
  await fc.assert(
    fc.asyncProperty(definitions, async (drawn) => {
      const { call } = bench()
      const mapping = { ...drawn.mapping, containerPort: 8080 }
      const healthCheck = { ...drawn.health, command: ['CMD', 'true'] }
      const container = {
        ...drawn.container,
        name: 'web',
        image: 'nginx:1',
        environment: drawn.environment,
        portMappings: [mapping],
        healthCheck,
      }
      const submitted = { ...webDefinition, ...drawn.top, containerDefinitions: [container] }
      const registered = await call('RegisterTaskDefinition', submitted)
      const described = await call('DescribeTaskDefinition', { taskDefinition: 'web' })
      expect(described.taskDefinition).toEqual(registered.taskDefinition)
      const anyOrder = { ...container, environment: expect.arrayContaining(drawn.environment) }
      expect(described.taskDefinition).toMatchObject({ ...submitted, containerDefinitions: [anyOrder] })
    }),
  )
})
