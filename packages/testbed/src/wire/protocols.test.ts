import {
  DescribeServicesCommand,
  ECSClient,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { expect, test } from 'vitest'
import { testAccount } from './account.fixture.ts'
import { isObject } from './json.ts'

test('a JSON call reaches its operation, and the answer the client', async () => {
  await using account = await testAccount()
  const ecs = new ECSClient(account.settings)
  const answer = await ecs.send(
    new UpdateServiceCommand({ cluster: 'shop', service: 'web', desiredCount: 3 }),
  )
  expect(answer.service).toMatchObject({ serviceName: 'web', desiredCount: 3 })
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(account.server.calls.of('ecs', 'UpdateService')).toMatchObject([
    { input: { cluster: 'shop', service: 'web', desiredCount: 3 }, outcome: 'ok', attempt: 1 },
  ])
  expect(account.server.calls.all()[0]?.userAgent).toContain('aws-sdk-js')
})

test('members that no SDK knows are kept both ways', async () => {
  await using account = await testAccount()
  const ecs = new ECSClient(account.settings)
  const raw = { cluster: 'shop', service: 'web', novelty: { depth: [1, { two: null }], text: 'Grüße' } }
  ecs.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request ?? {}, { body: JSON.stringify(raw) })
      return next(args)
    },
    { step: 'serialize', priority: 'low' },
  )
  // The SDK would drop the members from the answer as well, so the signed request is sent once more by hand.
  let headers: [string, string][] = []
  ecs.middlewareStack.add(
    (next) => (args) => {
      const signed = isObject(args.request) && isObject(args.request.headers) ? args.request.headers : {}
      headers = Object.entries(signed).map(([name, value]) => [name, String(value)])
      return next(args)
    },
    { step: 'deserialize', priority: 'low' },
  )
  await ecs.send(new UpdateServiceCommand({ service: 'web' }))
  const answer = await fetch(account.server.url, { method: 'POST', headers, body: JSON.stringify(raw) })
  expect(await answer.json()).toEqual({ service: { ...raw, serviceName: 'web' } })
  expect(account.server.calls.all().map(({ input }) => input)).toEqual([raw, raw])
})

test('a query call with lists of structures, and its XML answer', async () => {
  await using account = await testAccount()
  const elb = new ElasticLoadBalancingV2Client(account.settings)
  const target = { Id: '10.0.1.5', Port: 8080, AvailabilityZone: 'us-east-1a' }
  const answer = await elb.send(
    new DescribeTargetHealthCommand({
      TargetGroupArn: 'tg & co',
      Targets: [target, { Id: 'b', Port: 1 }],
      Include: ['All'],
    }),
  )
  expect(answer.TargetHealthDescriptions).toEqual([
    { Target: target, TargetHealth: { State: 'healthy', Description: '<&"> {"Include":["All"]}' } },
    {
      Target: { Id: 'b', Port: 1 },
      TargetHealth: { State: 'healthy', Description: '<&"> {"Include":["All"]}' },
    },
  ])
  expect(account.server.calls.all()[0]?.input).toEqual({
    TargetGroupArn: 'tg & co',
    Targets: [
      { Id: '10.0.1.5', Port: '8080', AvailabilityZone: 'us-east-1a' },
      { Id: 'b', Port: '1' },
    ],
    Include: ['All'],
  })
})

test('an empty XML list stays a list, and an answer without members is a success', async () => {
  await using account = await testAccount()
  const elb = new ElasticLoadBalancingV2Client(account.settings)
  expect((await elb.send(new DescribeRulesCommand({}))).Rules).toEqual([])
  const registered = await elb.send(new RegisterTargetsCommand({ TargetGroupArn: 'tg', Targets: [] }))
  expect(registered.$metadata.httpStatusCode).toBe(200)
})

test.each([
  {
    name: 'a modelled JSON error',
    send: (ecs: ECSClient) => ecs.send(new DescribeServicesCommand({ services: ['web'] })),
    error: { name: 'ClusterNotFoundException', message: 'Cluster not found.' },
  },
  {
    name: 'a JSON error with members of its own',
    send: (ecs: ECSClient) => ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: 'x' })),
    error: { name: 'ConflictException', message: 'It is over.', resourceIds: ['one'] },
  },
  {
    name: 'a missing member of a JSON call',
    send: (ecs: ECSClient) => ecs.send(new UpdateServiceCommand({ service: undefined })),
    error: {
      name: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'service' failed to satisfy constraint: Member must not be null",
    },
  },
])('$name arrives as its class', async ({ send, error }) => {
  await using account = await testAccount()
  await expect(send(new ECSClient(account.settings))).rejects.toMatchObject(error)
  expect(account.server.calls.all()).toMatchObject([{ outcome: error.name }])
})

test.each([
  {
    name: 'a modelled query error',
    send: (elb: ElasticLoadBalancingV2Client) =>
      elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: 'gone' })),
    error: { name: 'TargetGroupNotFoundException', Code: 'TargetGroupNotFound' },
  },
  {
    name: 'a missing member of a query call',
    send: (elb: ElasticLoadBalancingV2Client) => elb.send(new DescribeListenersCommand({})),
    error: { name: 'ValidationError' },
  },
])('$name arrives as its class', async ({ send, error }) => {
  await using account = await testAccount()
  await expect(send(new ElasticLoadBalancingV2Client(account.settings))).rejects.toMatchObject(error)
})
