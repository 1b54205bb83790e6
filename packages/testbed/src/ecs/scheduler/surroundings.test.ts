import { describe, expect, test } from 'vitest'
import type { Account } from '../../account/account.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { Service, TaskDefinition } from '../model.ts'
import { good } from './testing/behaviour.ts'
import { breaker } from './testing/situations.ts'
import { liveTasks, type Stage, stage, story } from './testing/stage.ts'
import { defaultTimings } from './timings.ts'

const role = 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole'
const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v1'
const denial = (action: string, resource: string): string =>
  `api error AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/[0-9a-f]{32} is not authorized to perform: ${action} on resource: ${resource}`

const onFargate = { launchType: 'FARGATE' }

/** One Fargate task of an image in ECR, in subnet-1. */
function launched(on: Stage, container: JsonObject = {}, compute: JsonObject = onFargate): Service {
  on.images.push(image, good)
  const definition: TaskDefinition = on.release(good, { image, ...container })
  Object.assign(definition.raw, { executionRoleArn: role, networkMode: 'awsvpc', cpu: '256', memory: '512' })
  const awsvpcConfiguration = { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' }
  const raw = { ...compute, networkConfiguration: { awsvpcConfiguration } }
  return on.create(definition, { desiredCount: 1, raw, ...breaker({ enable: false }) })
}

const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/database-a1b2c3'
const secrets = (valueFrom: string): JsonObject => ({ secrets: [{ name: 'PASSWORD', valueFrom }] })
const begin = 'ResourceInitializationError: unable to pull secrets or registry auth: '

test.each<[string, JsonObject, (account: Account) => void, RegExp]>([
  [
    'no way to the registry',
    {},
    ({ network }) => network.subnet('subnet-1', { route: 'none', endpoints: ['secretsmanager'] }),
    /unable to pull secrets or registry auth: The task cannot pull registry authentication from Amazon ECR\. There is a connection issue between the task and Amazon ECR\. Check your task network configuration\.$/,
  ],
  [
    'a role without a token',
    {},
    ({ roles }) => roles.deny(role, 'ecr:GetAuthorizationToken'),
    new RegExp(
      `unable to retrieve ecr registry auth: service call .* ${denial('ecr:GetAuthorizationToken', '\\*')}`,
    ),
  ],
  [
    'a role that may not pull',
    {},
    ({ roles }) => roles.deny(role, 'ecr:BatchGetImage'),
    /^CannotPullContainerError: .* failed with status code \[manifests v1\]: 403 Forbidden$/,
  ],
  [
    'a secret that is not there',
    secrets(secret),
    () => {},
    new RegExp(
      `${begin}.*failed to fetch secret ${secret} from secrets manager: .* ResourceNotFoundException: `,
    ),
  ],
  [
    'no way to Secrets Manager',
    secrets(secret),
    ({ network }) => network.subnet('subnet-1', { route: 'none', endpoints: ['ecr'] }),
    /unable to retrieve secret from asm: The task can't pull secrets from AWS Secrets Manager\. There is a connection issue/,
  ],
  [
    'a parameter that is not there',
    secrets('/orders/password'),
    () => {},
    /unable to retrieve secrets from ssm: service call has been retried 1 time\(s\): invalid ssm parameters: \/orders\/password$/,
  ],
  [
    'a parameter that the role may not read',
    secrets('/orders/password'),
    ({ roles }) => roles.deny(role, 'ssm:GetParameters'),
    new RegExp(`operation error SSM: GetParameters, .* ${denial('ssm:GetParameters', '/orders/password')}`),
  ],
  [
    'an interface that does not come',
    {},
    ({ network }) => network.subnet('subnet-1', { stalled: true }),
    /^Timeout waiting for network interface provisioning to complete\.$/,
  ],
  [
    'no address left',
    {},
    ({ network }) => network.subnet('subnet-1', { freeAddresses: 0 }),
    /^Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet 'subnet-1': InsufficientFreeAddressesInSubnet$/,
  ],
])('%s: the task fails to start and says so', async (_, container, change, reason) => {
  await using on = stage()
  change(on.account)
  const service = launched(on, container)
  await on.until(() => liveTasks(service).length > 0)
  const [task] = liveTasks(service)
  await on.until(() => task?.lastStatus === 'STOPPED')
  expect(task?.stoppedReason).toMatch(reason)
  expect(task?.stopCode).toBe('TaskFailedToStart')
  expect(task).not.toHaveProperty('startedAt')
  await on.until(() => story(service).includes(`was unable to place a task. Reason: ${task?.stoppedReason}`))
  expect(on.runtime.started).toEqual([])
})

describe('the values of secrets reach the environment of their container', () => {
  test.each<[string, (account: Account) => string, string]>([
    ['a whole secret', ({ secrets: all }) => all.putSecret('orders/password', 'one'), 'one'],
    [
      'a key of a secret',
      ({ secrets: all }) => `${all.putSecret('orders/all', '{"password":"two"}')}:password::`,
      'two',
    ],
    [
      'a parameter by name',
      ({ secrets: all }) => [all.putParameter('/orders/p', 'three'), '/orders/p'][1] ?? '',
      'three',
    ],
    ['a parameter by ARN', ({ secrets: all }) => all.putParameter('/orders/p', 'four'), 'four'],
  ])('%s', async (_, put, value) => {
    await using on = stage()
    launched(on, { ...secrets(put(on.account)), environment: [{ name: 'COLOUR', value: 'blue' }] })
    await on.until(() => on.runtime.started.length > 0)
    expect(on.runtime.started[0]?.environment).toEqual({ COLOUR: 'blue', PASSWORD: value })
  })

  test('but a key that the secret lacks stops the task', async () => {
    await using on = stage()
    const from = on.account.secrets.putSecret('orders/all', '{"user":"x"}')
    const service = launched(on, secrets(`${from}:password::`))
    await on.until(() => liveTasks(service)[0]?.stoppedReason !== undefined)
    expect(liveTasks(service)[0]?.stoppedReason).toMatch(/did not contain json key password$/)
  })
})

describe('what Fargate has no place for is not launched', () => {
  test.each<[string, (account: Account) => void, (account: Account) => void, RegExp]>([
    [
      'capacity',
      ({ fargate }) => fargate.setCapacity(false),
      ({ fargate }) => fargate.setCapacity(true),
      /Reason: Capacity is unavailable at this time\. Please try again later or in a different availability zone\.$/,
    ],
    [
      'vCPUs',
      ({ fargate }) => fargate.setLimits({ vCpus: 0.25 - 0.01 }),
      ({ fargate }) => fargate.setLimits({ vCpus: 0.25 }),
      /Reason: You've reached the limit on the number of vCPUs you can run concurrently$/,
    ],
    [
      'tasks',
      ({ fargate }) => fargate.setLimits({ tasks: 0 }),
      ({ fargate }) => fargate.setLimits({ tasks: 1 }),
      /Reason: You've reached the limit on the number of tasks you can run concurrently$/,
    ],
  ])('%s', async (_, take, give, event) => {
    await using on = stage()
    take(on.account)
    const service = launched(on)
    await on.clock.advance(defaultTimings.firstStart + defaultTimings.pass)
    expect(service.cluster.tasks.size).toBe(0)
    expect(story(service)[0]).toMatch(event)
    expect(service.deployments[0]?.failedTasks).toBe(1)
    give(on.account)
    await on.until(() => liveTasks(service)[0]?.lastStatus === 'RUNNING')
  })

  test.each([
    ['FARGATE', false],
    ['FARGATE_SPOT', false],
    ['instances-of-the-team', true],
  ])('through the capacity provider %s too: %s', async (capacityProvider, fits) => {
    await using on = stage()
    on.account.fargate.setCapacity(false)
    const service = launched(on, {}, { capacityProviderStrategy: [{ capacityProvider, weight: 1 }] })
    await on.clock.advance(defaultTimings.firstStart + defaultTimings.pass)
    expect(service.cluster.tasks.size > 0).toBe(fits)
  })

  test('a task gives its place back when it is gone', async () => {
    await using on = stage()
    on.account.fargate.setLimits({ tasks: 1 })
    const service = launched(on)
    await on.until(() => liveTasks(service)[0]?.lastStatus === 'RUNNING')
    const [first] = liveTasks(service)
    if (first) on.scheduler.stopTask(first, undefined)
    await on.until(() => liveTasks(service).some((task) => task !== first && task.lastStatus === 'RUNNING'))
  })
})
