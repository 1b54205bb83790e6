import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../wire/json.ts'
import type { Task } from '../model.ts'
import { at, benchWithService } from '../testing/bench.ts'
import { addTask } from '../testing/tasks.ts'

async function described(changes: Partial<Task>): Promise<JsonObject> {
  const made = await benchWithService()
  addTask(made.serviceNamed('web'), 'w1', made.clock.now(), changes)
  const answer = await made.call('DescribeTasks', { cluster: 'shop', tasks: ['w1'] })
  return Object(at(answer, 'tasks', 0))
}

test('a running Fargate task', async () => {
  const task = await described({
    connectivityAt: 1_700_000_001_500,
    startedAt: 1_700_000_020_250,
    healthStatus: 'HEALTHY',
  })
  expect(task).toMatchObject({
    taskArn: 'arn:aws:ecs:us-east-1:111122223333:task/shop/w1',
    clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/shop',
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1',
    group: 'service:web',
    startedBy: expect.stringMatching(/^ecs-svc\/\d+$/),
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    healthStatus: 'HEALTHY',
    connectivity: 'CONNECTED',
    connectivityAt: 1_700_000_001.5,
    startedAt: 1_700_000_020.25,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    cpu: '256',
    memory: '512',
    version: 3,
  })
  for (const absent of ['stoppedAt', 'stopCode', 'stoppedReason', 'pullStartedAt']) {
    expect(task).not.toHaveProperty(absent)
  }
})

test('its network interface carries the task’s own address, and the container refers to it', async () => {
  const task = await described({})
  const attachment = at(task, 'attachments', 0)
  expect(attachment).toMatchObject({
    type: 'ElasticNetworkInterface',
    status: 'ATTACHED',
    details: expect.arrayContaining([
      { name: 'subnetId', value: 'subnet-1' },
      { name: 'networkInterfaceId', value: expect.stringMatching(/^eni-[0-9a-f]{17}$/) },
      { name: 'macAddress', value: expect.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/) },
      { name: 'privateIPv4Address', value: '127.1.2.3' },
    ]),
  })
  expect(at(task, 'containers', 0, 'networkInterfaces')).toEqual([
    { attachmentId: at(attachment, 'id'), privateIpv4Address: '127.1.2.3' },
  ])
})

const container = {
  arn: 'arn:aws:ecs:us-east-1:111122223333:container/shop/w1/c1',
  name: 'web',
  image: 'nginx:1',
  lastStatus: 'STOPPED',
  healthStatus: 'UNKNOWN',
  essential: true,
} as const

function containerOf(task: JsonObject): JsonValue | undefined {
  return at(task, 'containers', 0)
}

test('a container that ended keeps its digest and tells its exit code and the start of its reason', async () => {
  const reason = 'x'.repeat(2000)
  const ended = { ...container, imageDigest: 'sha256:abc', runtimeId: 'w1-1', exitCode: 0, reason }
  expect(containerOf(await described({ containers: [ended] }))).toEqual({
    containerArn: container.arn,
    taskArn: 'arn:aws:ecs:us-east-1:111122223333:task/shop/w1',
    name: 'web',
    image: 'nginx:1',
    imageDigest: 'sha256:abc',
    runtimeId: 'w1-1',
    lastStatus: 'STOPPED',
    exitCode: 0,
    reason: 'x'.repeat(1024),
    healthStatus: 'UNKNOWN',
    networkBindings: [],
    networkInterfaces: [expect.anything()],
    cpu: '0',
  })
})

test('a container that never ran has no exit code and no digest, its task no address', async () => {
  const made = await benchWithService()
  const task = addTask(made.serviceNamed('web'), 'w1', 0, {
    lastStatus: 'PROVISIONING',
    containers: [container],
  })
  delete task.address
  const answer = await made.call('DescribeTasks', { cluster: 'shop', tasks: ['w1'] })
  expect(at(answer, 'tasks', 0, 'attachments')).toMatchObject([
    { status: 'PRECREATED', details: [{ name: 'subnetId', value: 'subnet-1' }] },
  ])
  const shown = at(answer, 'tasks', 0, 'containers', 0)
  for (const absent of ['exitCode', 'imageDigest', 'runtimeId', 'reason'])
    expect(shown).not.toHaveProperty(absent)
  expect(shown).toMatchObject({ networkInterfaces: [] })
})
