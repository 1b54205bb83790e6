import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { codesOf, errorOf, plays, rolledBack, type Scenario, succeeds } from './findings.fixture.ts'
import { revision } from './revision.fixture.ts'
import { world } from './world.fixture.ts'

const role = 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole'
const subnet = 'subnet-0a1b2c3d'
const missing = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/token-a1b2c3'

const withSecret = (valueFrom: string) => ({ secrets: [{ name: 'TOKEN', valueFrom }] })
const logging = (options: Record<string, string>) => ({
  logConfiguration: {
    logDriver: 'awslogs' as const,
    options: { 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'app', ...options },
  },
})

const scenarios: Record<string, Scenario> = {
  'a command that is not in the image': {
    cause: async (aws) => ({
      'task-definition': await revision(aws, { command: ['serve-orders', '--all'] }),
    }),
    codes: ['cannot-start', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}container app cannot be started: its program serve-orders is not in the image\nCorrect entryPoint and command of the container in the task definition, each word an item of its own, or add the file to the image: a name is looked for in its PATH, a path is looked for as it stands.`,
  },
  'a program without its execute bit': {
    cause: async (aws) => ({ 'task-definition': await revision(aws, { command: ['/app/server.mjs'] }) }),
    codes: ['cannot-start', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}container app cannot be started: its program /app/server.mjs may not be executed\nGive the file its execute bit in the image (COPY --chmod=755 in the Dockerfile), for the user that the container runs as; or name a program instead of a directory in entryPoint and command.`,
  },
  'a script with Windows line ends': {
    async cause({ push }) {
      const script = '#!/bin/sh\r\nexec node server.mjs\r\n'
      return { images: (await push('v2', { script })).uri }
    },
    codes: ['interpreter-missing', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}container app cannot execute /app/start: the file is there, and the interpreter or the loader that it names is not in the image\nSave a script with line ends of Unix (LF; in Git: *.sh text eol=lf in .gitattributes), and put the interpreter of its first line into the image. A binary needs the C library that it was linked with: build it on the base image that it runs in, or link it statically.`,
  },
  'a secret that does not exist': {
    cause: async (aws) => ({ 'task-definition': await revision(aws, withSecret(missing)) }),
    codes: ['secret-missing', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the secret orders/token-a1b2c3 for TOKEN of container app does not exist in AWS Secrets Manager\nCreate the secret, or correct its ARN in secrets of the container: account, Region, name and the six characters at the end.`,
  },
  'a secret without the key': {
    async cause(aws) {
      const arn = aws.testbed.account.secrets.putSecret('orders/all', '{"user":"x"}')
      return { 'task-definition': await revision(aws, withSecret(`${arn}:token::`)) }
    },
    codes: ['secret-missing', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the secret for TOKEN of container app has no JSON key token\nAdd the key to the value of the secret, or correct it in valueFrom (ARN:KEY::); the value must be a JSON object.`,
  },
  'a parameter that does not exist': {
    cause: async (aws) => ({ 'task-definition': await revision(aws, withSecret('/orders/token')) }),
    codes: ['secret-missing', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the parameter /orders/token for TOKEN of container app does not exist in the Parameter Store\nCreate the parameter, or correct its name in secrets of the container; a name without an ARN is looked for in the Region of the task.`,
  },
  'a parameter that the execution role may not read': {
    async cause(aws) {
      const arn = aws.testbed.account.secrets.putParameter('/orders/token', 'one')
      aws.testbed.account.roles.deny(role, 'ssm:GetParameters')
      return { 'task-definition': await revision(aws, withSecret(arn)) }
    },
    codes: ['secret-denied', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the execution role ecsTaskExecutionRole may not read /orders/token for TOKEN of container app: it lacks ssm:GetParameters\nAllow ssm:GetParameters on it in the execution role, and kms:Decrypt where it is encrypted with a key of your own.`,
  },
  'no endpoint of Secrets Manager': {
    async cause(aws) {
      const arn = aws.testbed.account.secrets.putSecret('orders/token', 'one')
      aws.testbed.account.network.subnet(subnet, { route: 'none', endpoints: ['ecr', 'logs', 'ssm'] })
      return { 'task-definition': await revision(aws, withSecret(arn)) }
    },
    codes: ['no-route', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the tasks have no route to AWS Secrets Manager from the subnet ${subnet}\nThe tasks have no public address, so the subnets need a NAT gateway, or the VPC endpoints secretsmanager that the tasks can reach; in public subnets set assignPublicIp to ENABLED. The security groups sg-0a1b2c3d must let HTTPS out.`,
  },
  'a log group that does not exist': {
    async cause(aws) {
      // Or it would be refused before.
      aws.testbed.credentials.deny('logs:DescribeLogGroups')
      return { 'task-definition': await revision(aws, logging({ 'awslogs-group': '/ecs/elsewhere' })) }
    },
    codes: ['log-group-missing', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the log group /ecs/elsewhere of container app does not exist\nCreate the log group in the Region that awslogs-region names, or set the option awslogs-create-group to "true" and allow logs:CreateLogGroup in the execution role.`,
  },
  'a subnet without addresses': {
    async cause({ push, testbed }) {
      testbed.account.network.subnet(subnet, { freeAddresses: 1 })
      return { images: (await push('v2')).uri }
    },
    codes: ['network-interface', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the subnet ${subnet} has no free address for the network interface of a task\nGive the service larger or further subnets, or lower maximumPercent so that a deployment needs fewer tasks at once.`,
  },
  'a network interface that does not come': {
    options: { timings: { provisioningTimeout: 40 } },
    async cause({ push, testbed }) {
      testbed.account.network.subnet(subnet, { stalled: true })
      return { images: (await push('v2')).uri }
    },
    codes: ['network-interface', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the network interface of a task in the subnet ${subnet} did not become available in time\nMostly this passes: deploy again. If it comes back, look for subnets without free addresses and for the quota of network interfaces per Region.`,
  },
  'no capacity on Fargate': {
    async cause({ push, testbed }) {
      testbed.account.fargate.setCapacity(false)
      return { images: (await push('v2')).uri }
    },
    codes: ['no-capacity', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}AWS Fargate has no capacity for the tasks in the Availability Zones of the subnet ${subnet}\nWait and deploy again, or give the service subnets in further Availability Zones. Fargate Spot runs out more often: add FARGATE to the capacity providers as a base.`,
  },
  'an account at its limit of vCPUs': {
    async cause({ push, testbed }) {
      testbed.account.fargate.setLimits({ vCpus: 0.25 })
      return { images: (await push('v2')).uri }
    },
    codes: ['task-limit', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the account has reached its limit of vCPUs on AWS Fargate\nAsk for a higher quota (Service Quotas, AWS Fargate, On-Demand or Spot vCPU resource count), stop what is not needed, or lower maximumPercent of the service.`,
  },
}

describe.concurrent('what keeps a task from starting', () => {
  test.each(Object.entries(scenarios))('%s', (_, scenario) => plays(scenario))

  test('not: secrets that are there, limits that are just enough, a log group that the driver may create', () =>
    succeeds({}, async (aws) => {
      const { fargate, network, secrets } = aws.testbed.account
      network.subnet(subnet, {
        route: 'none',
        endpoints: ['ecr', 'logs', 'ssm', 'secretsmanager'],
        freeAddresses: 2,
      })
      fargate.setLimits({ vCpus: 0.5, tasks: 2 })
      const key = `${secrets.putSecret('orders/all', '{"token":"one"}')}:token::`
      const parameter = secrets.putParameter('/orders/token', 'two')
      const container = {
        secrets: [
          { name: 'TOKEN', valueFrom: key },
          { name: 'OTHER', valueFrom: parameter },
        ],
        ...logging({ 'awslogs-group': '/ecs/elsewhere', 'awslogs-create-group': 'true' }),
      }
      return { 'task-definition': await revision(aws, container) }
    }))

  test('not: a script with the line ends of Unix', () =>
    succeeds({}, async ({ push }) => ({
      images: (await push('v2', { script: '#!/bin/sh\nexec node server.mjs\n' })).uri,
    })))

  test('a task definition that was deregistered is told before anything is started', async () => {
    await using aws = await world()
    const taskDefinition = await revision(aws, {})
    await aws.testbed.clients.ecs.deregisterTaskDefinition({ taskDefinition })
    await using run = await aws.deploy({ 'task-definition': taskDefinition })
    expect(errorOf(run)).toBe(
      'orders:2 was not deployed to orders: the task definition orders:2 was deregistered (INACTIVE)\nRegister it again, which makes a new revision, and deploy that: a file with the definition in the input task-definition does both. Keep whatever deregisters old revisions away from those in use.',
    )
    expect(codesOf(run)).toEqual(['task-definition-inactive'])
  })

  test('not: capacity that was lacking before the deployment began', async () => {
    await using aws = await world()
    const { cluster, service } = aws.stack
    const { account, clients } = aws.testbed
    account.fargate.setCapacity(false)
    await clients.ecs.updateService({ cluster, service, desiredCount: 2 })
    for (;;) {
      const { services } = await clients.ecs.describeServices({ cluster, services: [service] })
      if (services?.[0]?.events?.some(({ message = '' }) => message.includes('Capacity is unavailable')))
        break
      await wait(50)
    }
    account.fargate.setCapacity(true)
    await using run = await aws.deploy({ images: (await aws.push('v2', { fault: 'exit' })).uri })
    expect(codesOf(run)).toEqual(['crash-on-start', 'circuit-breaker'])
  })

  test('not: another revision that was deregistered', () =>
    succeeds({}, async (aws) => {
      const other = await revision(aws, {})
      await aws.testbed.clients.ecs.deregisterTaskDefinition({ taskDefinition: other })
      return { 'task-definition': await revision(aws, { stopTimeout: 20 }) }
    }))
})
