import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, type Bench, benchWithService, webDefinition, webService } from '../testing/bench.ts'
import { addTask } from '../testing/tasks.ts'

const taskArn = (id: string): string => `arn:aws:ecs:us-east-1:111122223333:task/shop/${id}`

async function withTasks(): Promise<Bench> {
  const made = await benchWithService()
  await made.call('RegisterTaskDefinition', { ...webDefinition, family: 'api' })
  await made.call('CreateService', { ...webService, serviceName: 'api', taskDefinition: 'api' })
  const [web, api, now] = [made.serviceNamed('web'), made.serviceNamed('api'), made.clock.now()]
  addTask(web, 'w1', now)
  addTask(web, 'w2', now, { lastStatus: 'PROVISIONING' })
  addTask(web, 'w3', now, { lastStatus: 'DEACTIVATING', desiredStatus: 'STOPPED' })
  addTask(web, 'w4', now, { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stoppedAt: now })
  addTask(api, 'a1', now)
  return made
}

test.each<[name: string, filter: JsonObject, ids: string[]]>([
  ['nothing: those desired RUNNING', {}, ['w1', 'w2', 'a1']],
  ['desired STOPPED', { desiredStatus: 'STOPPED' }, ['w3', 'w4']],
  ['desired PENDING, which ECS never sets', { desiredStatus: 'PENDING' }, []],
  ['a service', { serviceName: 'web' }, ['w1', 'w2']],
  ['the ARN of a service', { serviceName: 'arn:aws:ecs:us-east-1:111122223333:service/shop/api' }, ['a1']],
  ['a family', { family: 'api' }, ['a1']],
  ['a launch type', { launchType: 'EC2' }, []],
  ['a service and a status', { serviceName: 'web', desiredStatus: 'STOPPED' }, ['w3', 'w4']],
  ['a service and a family', { serviceName: 'web', family: 'api' }, []],
  ['startedBy', { startedBy: 'somebody' }, []],
])('ListTasks by %s', async (_name, filter, ids) => {
  const { call } = await withTasks()
  expect(await call('ListTasks', { cluster: 'shop', ...filter })).toEqual({ taskArns: ids.map(taskArn) })
})

test('ListTasks by the deployment that started them', async () => {
  const made = await withTasks()
  const startedBy = made.serviceNamed('api').deployments[0]?.id ?? null
  const { taskArns } = await made.call('ListTasks', { cluster: 'shop', startedBy })
  expect(taskArns).toContain(taskArn('a1'))
})

test('ListTasks gives 100 a page', async () => {
  const made = await benchWithService()
  for (let index = 0; index < 101; index++) addTask(made.serviceNamed('web'), `t${index}`, 0)
  const first = await made.call('ListTasks', { cluster: 'shop' })
  expect(first.taskArns).toHaveLength(100)
  const rest = await made.call('ListTasks', { cluster: 'shop', nextToken: first.nextToken ?? null })
  expect(rest).toEqual({ taskArns: [taskArn('t100')] })
})

test('DescribeTasks takes ids and ARNs, in the order asked', async () => {
  const { call } = await withTasks()
  const elsewhere = taskArn('w1').replace('shop', 'other')
  const answer = await call('DescribeTasks', {
    cluster: 'shop',
    tasks: [taskArn('w2'), elsewhere, 'w1', 'x'],
  })
  expect(answer.tasks).toMatchObject([{ taskArn: taskArn('w2') }, { taskArn: taskArn('w1') }])
  expect(answer.failures).toEqual([
    { arn: elsewhere, reason: 'MISSING' },
    { arn: taskArn('x'), reason: 'MISSING' },
  ])
})

test('StopTask hands over a running task, and answers one that is stopping as it is', async () => {
  const made = await withTasks()
  const stop = (task: string) => made.call('StopTask', { cluster: 'shop', task, reason: 'by hand' })
  expect(at(await stop(taskArn('w1')), 'task', 'desiredStatus')).toBe('STOPPED')
  expect(at(await stop('w3'), 'task', 'lastStatus')).toBe('DEACTIVATING')
  expect(made.scheduler.calls.slice(2)).toEqual([{ kind: 'stopTask', task: 'w1', reason: 'by hand' }])
})

test.each<[operation: string, input: JsonObject, code: string, message: string]>([
  ['ListTasks', { cluster: 'nope' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ['ListTasks', { cluster: 'shop', serviceName: 'nope' }, 'ServiceNotFoundException', 'Service not found.'],
  [
    'ListTasks',
    { cluster: 'shop', desiredStatus: 'running' },
    'InvalidParameterException',
    'Invalid desired status.',
  ],
  [
    'ListTasks',
    { cluster: 'shop', startedBy: 'a', serviceName: 'web' },
    'InvalidParameterException',
    'startedBy must be the only filter.',
  ],
  [
    'ListTasks',
    { cluster: 'shop', startedBy: 'a', desiredStatus: 'STOPPED' },
    'InvalidParameterException',
    'startedBy must be the only filter.',
  ],
  [
    'ListTasks',
    { cluster: 'shop', containerInstance: 'i' },
    'UnsupportedFeatureException',
    'The testbed does not model container instances.',
  ],
  [
    'ListTasks',
    { cluster: 'shop', maxResults: 'many' },
    'SerializationException',
    'STRING_VALUE can not be converted to Integer',
  ],
  ['DescribeTasks', { cluster: 'shop' }, 'InvalidParameterException', 'Tasks cannot be empty.'],
  [
    'DescribeTasks',
    { cluster: 'shop', tasks: Array.from({ length: 101 }, () => 'w1') },
    'InvalidParameterException',
    'Tasks cannot have more than 100 entries.',
  ],
  [
    'StopTask',
    { cluster: 'shop', task: 'nope' },
    'InvalidParameterException',
    'The referenced task was not found.',
  ],
])('%s of %j is refused', async (operation, input, code, message) => {
  const { call } = await withTasks()
  await expect(call(operation, input)).rejects.toMatchObject({ code, message })
})
