import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  paginateListTasks,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { DescribeRulesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { expect, test } from 'vitest'
import { testAccount } from './account.fixture.ts'

const update = () => new UpdateServiceCommand({ cluster: 'shop', service: 'web' })

test('a listing is paged with tokens that cannot be made up', async () => {
  await using account = await testAccount()
  const client = new ECSClient(account.settings)
  const arns: string[][] = []
  for await (const { taskArns } of paginateListTasks({ client }, {})) arns.push(taskArns ?? [])
  expect(arns).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  const { nextToken = '' } = await client.send(new ListTasksCommand({}))
  for (const token of ['2', '', `${nextToken}x`, nextToken.slice(0, -2)]) {
    await expect(client.send(new ListTasksCommand({ nextToken: token }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  }
})

test('an endpoint with a path is signed and served like one without', async () => {
  await using account = await testAccount()
  const client = new ECSClient({ ...account.settings, endpoint: `${account.server.url}/local aws/ecs` })
  await expect(client.send(new ListTasksCommand({}))).resolves.toMatchObject({ taskArns: ['a', 'b'] })
})

test('an operation that is not there', async () => {
  await using account = await testAccount()
  const call = async (target: string) => {
    const answer = await fetch(account.server.url, {
      method: 'POST',
      headers: { 'x-amz-target': target },
      body: '{}',
    })
    return { status: answer.status, body: await answer.json() }
  }
  for (const target of ['AmazonEC2ContainerServiceV20141113.constructor', 'Nothing_20000101.Op']) {
    expect(await call(target)).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } })
  }
  const form = new URLSearchParams({ Version: '2015-12-01', Action: 'DescribeNothing' })
  const query = await fetch(account.server.url, { method: 'POST', body: form })
  expect(await query.text()).toContain(
    '<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>The action DescribeNothing is not valid',
  )
  expect((await fetch(account.server.url)).status).toBe(404)
})

test.each(['{', '[]', '"text"', 'null'])('the JSON body %s is refused', async (body) => {
  await using account = await testAccount()
  const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListTasks' }
  const answer = await fetch(account.server.url, { method: 'POST', headers, body })
  expect(await answer.json()).toMatchObject({ __type: 'SerializationException' })
})

test('the Date header is real even when the time of the testbed is not', async () => {
  await using account = await testAccount({ now: () => 0 })
  const answer = await fetch(account.server.url)
  expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(5_000)
})

test('a bucket empties at its burst and fills with time', async () => {
  let now = 1_000_000
  await using account = await testAccount({ throttling: true, now: () => now })
  const ecs = new ECSClient(account.settings)
  await ecs.send(update())
  await ecs.send(update())
  await expect(ecs.send(update())).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
  })
  await expect(ecs.send(new ListTasksCommand({}))).resolves.toBeDefined()
  now += 1_000
  await expect(ecs.send(update())).resolves.toBeDefined()
  await expect(ecs.send(update())).rejects.toMatchObject({ name: 'ThrottlingException' })
})

test('a query service throttles in its own word', async () => {
  await using account = await testAccount()
  account.faults.inject({ service: 'elasticloadbalancing', fault: { kind: 'throttle' } })
  const elb = new ElasticLoadBalancingV2Client(account.settings)
  await expect(elb.send(new DescribeRulesCommand({}))).rejects.toMatchObject({
    name: 'Throttling',
    message: 'Rate exceeded',
  })
})

test('a defect of an operation is a 500 for the client and surfaces when the server is disposed of', async () => {
  const account = await testAccount()
  const ecs = new ECSClient(account.settings)
  await expect(ecs.send(new DescribeTasksCommand({ tasks: ['a'] }))).rejects.toMatchObject({
    name: 'ServerException',
    $metadata: { httpStatusCode: 500 },
  })
  await expect(account[Symbol.asyncDispose]()).rejects.toMatchObject({ errors: [new TypeError('a defect')] })
})
