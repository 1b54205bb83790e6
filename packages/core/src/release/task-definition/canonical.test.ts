import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { sameTaskDefinition, taskSize } from './canonical.ts'

const submitted: JsonObject = {
  family: 'web',
  cpu: '256',
  memory: '512',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE', 'EC2'],
  containerDefinitions: [
    {
      name: 'app',
      image: 'repo:v1',
      command: ['node', 'server.js'],
      portMappings: [{ containerPort: 3000 }],
      environment: [
        { name: 'B', value: '2' },
        { name: 'A', value: '1' },
      ],
      healthCheck: { command: ['CMD', 'true'] },
    },
  ],
}

/** The same as DescribeTaskDefinition answers it. */
const answered: JsonObject = {
  ...submitted,
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:4',
  revision: 4,
  status: 'ACTIVE',
  registeredAt: 1,
  registeredBy: 'x',
  compatibilities: ['EC2', 'FARGATE'],
  requiresAttributes: [{ name: 'a' }],
  volumes: [],
  placementConstraints: [],
  requiresCompatibilities: ['EC2', 'FARGATE'],
  containerDefinitions: [
    {
      name: 'app',
      image: 'repo:v1',
      cpu: 0,
      essential: true,
      command: ['node', 'server.js'],
      portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp' }],
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      mountPoints: [],
      volumesFrom: [],
      healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 },
    },
  ],
}

function container(change: JsonObject): JsonObject {
  const [app] = Array.isArray(submitted.containerDefinitions) ? submitted.containerDefinitions : []
  return { ...submitted, containerDefinitions: [{ ...(typeof app === 'object' ? app : {}), ...change }] }
}

test('what Amazon ECS answers says the same as what was submitted', () => {
  expect(sameTaskDefinition(submitted, answered)).toBe(true)
})

test.each<[string, JsonObject]>([
  ['sizes as numbers', { ...submitted, cpu: 256, memory: 512 }],
  ['sizes with units', { ...submitted, cpu: '.25 vCPU', memory: '0.5 GB' }],
  ['null members', { ...submitted, ipcMode: null }],
  ['members in another order', Object.fromEntries(Object.entries(submitted).reverse())],
  [
    'variables whose members are in another order',
    container({
      environment: [
        { value: '2', name: 'B' },
        { value: '1', name: 'A' },
      ],
    }),
  ],
  ['hostPort 0', container({ portMappings: [{ containerPort: 3000, hostPort: 0 }] })],
  ['defaults written out', container({ essential: true, cpu: 0 })],
  ['an empty list', container({ dependsOn: [] })],
])('%s make no difference', (_, definition) => {
  expect(sameTaskDefinition(definition, answered)).toBe(true)
})

test.each<[string, JsonObject]>([
  ['another image', container({ image: 'repo:v2' })],
  ['another cpu', { ...submitted, cpu: '512' }],
  ['another memory', { ...submitted, memory: '1024' }],
  ['no memory', Object.fromEntries(Object.entries(submitted).filter(([name]) => name !== 'memory'))],
  ['a non-essential container', container({ essential: false })],
  ['container cpu', container({ cpu: 10 })],
  ['another host port', container({ portMappings: [{ containerPort: 3000, hostPort: 80 }] })],
  ['another protocol', container({ portMappings: [{ containerPort: 3000, protocol: 'udp' }] })],
  ['a port mapping more', container({ portMappings: [{ containerPort: 3000 }, { containerPort: 1 }] })],
  ['a command in another order', container({ command: ['server.js', 'node'] })],
  ['another value', container({ environment: [{ name: 'A', value: '1' }] })],
  [
    'an empty value',
    container({
      environment: [
        { name: 'A', value: '' },
        { name: 'B', value: '2' },
      ],
    }),
  ],
  ['another interval', container({ healthCheck: { command: ['CMD', 'true'], interval: 10 } })],
  ['no health check', container({ healthCheck: null })],
  ['a member that nobody knows', container({ futureField: 1 })],
])('%s is a difference', (_, definition) => {
  expect(sameTaskDefinition(definition, answered)).toBe(false)
})

const role = (executionRoleArn: string): JsonObject => ({ ...submitted, executionRoleArn })
const arn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`

test.each<[string, string, boolean]>([
  ['web', arn('111122223333', 'web'), true],
  ['jobs/web', arn('111122223333', 'jobs/web'), true],
  ['web', arn('111122223333', 'jobs/web'), false],
  ['web', 'api', false],
  [arn('111122223333', 'web'), arn('444455556666', 'web'), false],
])('the roles %s and %s are the same: %s', (one, other, same) => {
  expect(sameTaskDefinition(role(one), role(other))).toBe(same)
  expect(sameTaskDefinition(role(other), role(one))).toBe(same)
  expect(sameTaskDefinition(role(one), submitted)).toBe(false)
})

test.each([
  ['256', '256'],
  [256, '256'],
  ['1 vCPU', '1024'],
  ['.25 vcpu', '256'],
  ['2GB', '2048'],
  ['0.5 GB', '512'],
])('the size %s is %s', (given, size) => {
  expect(taskSize(given)).toBe(size)
})

const mapped = (networkMode: string | undefined, hostPort: number | undefined): JsonObject => ({
  ...submitted,
  networkMode: networkMode ?? null,
  containerDefinitions: [
    {
      name: 'app',
      portMappings: [{ containerPort: 80, ...(hostPort === undefined ? {} : { hostPort }) }],
    },
  ],
})

test.each<[string | undefined, number | undefined, number | undefined, boolean]>([
  ['awsvpc', undefined, 80, true],
  ['host', undefined, 80, true],
  ['host', 0, 80, true],
  ['bridge', undefined, 0, true],
  ['bridge', 0, 80, false],
  ['bridge', undefined, 80, false],
  ['bridge', 80, 80, true],
  [undefined, undefined, 0, true],
  [undefined, 0, 80, false],
])('in network mode %s the host ports %s and %s for port 80: %s', (networkMode, one, other, same) => {
  expect(sameTaskDefinition(mapped(networkMode, one), mapped(networkMode, other))).toBe(same)
})
