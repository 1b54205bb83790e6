import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { bench, webDefinition } from '../testing/bench.ts'
import { isFargateSize, taskSize } from './fargate-size.ts'

const web = { name: 'web', image: 'nginx:1' }
const justOne = (container: JsonObject): JsonObject => ({ containerDefinitions: [container] })

const ecr = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1'
const awslogs = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'p' },
}

const client: [name: string, change: JsonObject, message: string][] = [
  ['no family', { family: null }, 'Family should not be null or empty.'],
  ['an empty family', { family: '' }, 'Family should not be null or empty.'],
  ['a family with a slash', { family: 'a/b' }, 'Family contains invalid characters.'],
  ['no containers', { containerDefinitions: null }, 'Container list cannot be empty.'],
  ['an empty list of containers', { containerDefinitions: [] }, 'Container list cannot be empty.'],
  ['a container without a name', justOne({ image: 'a' }), 'Container.name should not be null or empty.'],
  ['a container named a b', justOne({ ...web, name: 'a b' }), 'Container.name contains invalid characters.'],
  ['a container without an image', justOne({ name: 'web' }), 'Container.image should not be null or empty.'],
  [
    'the same container twice',
    { containerDefinitions: [web, web] },
    'Container names must be unique. Duplicate name: web',
  ],
  [
    'no essential container',
    justOne({ ...web, essential: false }),
    'At least one container in the task definition must be essential.',
  ],
  [
    'no memory anywhere',
    { memory: null, requiresCompatibilities: null },
    `Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified.`,
  ],
  [
    'a container with more memory than the task',
    justOne({ ...web, memory: 1024 }),
    `The 'memory' setting for container 'web' is greater than for the task.`,
  ],
  [
    'containers with more cpu than the task',
    {
      containerDefinitions: [
        { ...web, cpu: 200 },
        { ...web, name: 'b', cpu: 57 },
      ],
    },
    `The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.`,
  ],
  [
    'another host port on awsvpc',
    justOne({ ...web, portMappings: [{ containerPort: 80, hostPort: 8080 }] }),
    'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
  ],
  ['port 0', justOne({ ...web, portMappings: [{ containerPort: 0 }] }), 'Invalid container port.'],
  [
    'awslogs without options',
    justOne({ ...web, logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g' } } }),
    'Log driver awslogs requires options: awslogs-region',
  ],
  [
    'a name that is a variable and a secret',
    justOne({
      ...web,
      environment: [{ name: 'A', value: '1' }],
      secrets: [
        { name: 'S', valueFrom: 'arn' },
        { name: 'A', valueFrom: 'arn' },
      ],
    }),
    `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'A'.`,
  ],
  [
    'secrets that nobody may fetch',
    { executionRoleArn: null, ...justOne({ ...web, secrets: [{ name: 'S', valueFrom: 'arn' }] }) },
    `When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.`,
  ],
  ['Fargate on bridge', { networkMode: 'bridge' }, 'Fargate only supports network mode ‘awsvpc’.'],
  ['Fargate without cpu', { cpu: null }, `Fargate requires that 'cpu' be defined at the task level.`],
  [
    'Fargate without memory',
    { memory: null, ...justOne({ ...web, memory: 128 }) },
    `Fargate requires that 'memory' be defined at the task level.`,
  ],
  [
    'a size that Fargate does not have',
    { memory: '4096' },
    'No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.',
  ],
  [
    'an image in Amazon ECR that nobody may pull',
    { executionRoleArn: null, ...justOne({ ...web, image: ecr }) },
    'Fargate requires task definition to have execution role ARN to support ECR images.',
  ],
  [
    'the same by its dual-stack name, and logs',
    justOne({ ...web, image: '111122223333.dkr-ecr.us-east-1.on.aws/web:1', logConfiguration: awslogs }),
    'Fargate requires task definition to have execution role ARN to support ECR images.',
  ],
  [
    'logs that nobody may write',
    justOne({ ...web, logConfiguration: awslogs }),
    'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
  ],
]

test.each(client)('%s is refused', async (_name, change, message) => {
  const refused = bench().call('RegisterTaskDefinition', { ...webDefinition, ...change })
  await expect(refused).rejects.toMatchObject({ code: 'ClientException', message })
})

test.each<[string, JsonObject]>([
  ['a public image without logs on Fargate', justOne(web)],
  [
    'an image in Amazon ECR with logs on instances',
    { requiresCompatibilities: ['EC2'], ...justOne({ ...web, image: ecr, logConfiguration: awslogs }) },
  ],
  [
    'the same on Fargate with a role',
    { executionRoleArn: 'role', ...justOne({ ...web, image: ecr, logConfiguration: awslogs }) },
  ],
])('%s: no execution role is asked for', async (_name, change) => {
  const answer = await bench().call('RegisterTaskDefinition', { ...webDefinition, ...change })
  expect(answer.taskDefinition).toMatchObject({ revision: 1 })
})

test('a definition that does not ask for Fargate and lacks what Fargate needs is for instances only', async () => {
  const change = { requiresCompatibilities: null, ...justOne({ ...web, image: ecr }) }
  const answer = await bench().call('RegisterTaskDefinition', { ...webDefinition, ...change })
  expect(answer.taskDefinition).toMatchObject({ compatibilities: ['EC2'] })
})

const shape: [name: string, change: JsonObject, message: RegExp][] = [
  ['a family that is a list', { family: [] }, /^START_ARRAY .* String$/],
  ['containers that are an object', { containerDefinitions: {} }, /^START_OBJECT .* List$/],
  ['a container that is a text', { containerDefinitions: ['web'] }, /^STRING_VALUE .* Structure$/],
  ['a memory in quotes', justOne({ ...web, memory: '128' }), /^STRING_VALUE cannot be converted to Integer$/],
  ['half a CPU unit', justOne({ ...web, cpu: 0.5 }), /^DECIMAL_VALUE cannot be converted to Integer$/],
  [
    'a port that is true',
    justOne({ ...web, portMappings: [{ containerPort: true }] }),
    /^TRUE_VALUE .* Integer$/,
  ],
  [
    'a number in the environment',
    justOne({ ...web, environment: [{ name: 'A', value: 1 }] }),
    /^NUMBER_VALUE .* String$/,
  ],
  ['a task size that is a number', { cpu: 256 }, /^NUMBER_VALUE .* String$/],
  ['a command that is a text', justOne({ ...web, command: 'node' }), /^STRING_VALUE .* List$/],
]

test.each(shape)('%s has the wrong shape', async (_name, change, message) => {
  const refused = bench().call('RegisterTaskDefinition', { ...webDefinition, ...change })
  await expect(refused).rejects.toMatchObject({
    code: 'SerializationException',
    message: expect.stringMatching(message),
  })
})

test.each([
  ['tags that are there but empty', { tags: [] }, 'Tags can not be empty.'],
  ['a cpu in another unit', { cpu: '2 cores' }, `Invalid 'cpu' setting for task.`],
  ['an empty memory', { memory: '' }, `Invalid 'memory' setting for task.`],
])('%s', async (_name, change, message) => {
  const refused = bench().call('RegisterTaskDefinition', { ...webDefinition, ...change })
  await expect(refused).rejects.toMatchObject({ code: 'InvalidParameterException', message })
})

test.each([
  ['cpu', '1 vCPU', '1024'],
  ['cpu', '.25vcpu', '256'],
  ['cpu', '0256', '256'],
  ['memory', '0.5 GB', '512'],
  ['memory', '16gb', '16384'],
] as const)('%s %s is %s', (kind, given, size) => {
  expect(taskSize(kind, given)).toBe(size)
})

test.each([
  ['256', '2048', true],
  ['256', '3072', false],
  ['512', '512', false],
  ['1024', '8192', true],
  ['1024', '8193', false],
  ['4096', '30720', true],
  ['8192', '20480', true],
  ['8192', '17408', false],
  ['16384', '122880', true],
  ['100', '512', false],
])('%s CPU with %s MiB on Fargate: %s', (cpu, memory, valid) => {
  expect(isFargateSize(cpu, memory)).toBe(valid)
})
