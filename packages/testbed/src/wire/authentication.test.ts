import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { DescribeRulesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { stsService } from '../sts/sts-service.ts'
import { type ClientSettings, type TestAccount, testAccount } from './account.fixture.ts'
import { defaultPlace } from './place.ts'

const update = new UpdateServiceCommand({ cluster: 'shop', service: 'web' })
const arn = 'arn:aws:ecs:us-east-1:111122223333:service/shop/web'
const user = 'User: arn:aws:sts::111122223333:assumed-role/deployer/github'
const missing = 'because no identity-based policy allows the ecs:UpdateService action'

const invalid = 'The security token included in the request is invalid.'
const cases: {
  name: string
  arrange: (account: TestAccount) => Partial<ClientSettings>
  json: { name: string; message: RegExp | string }
  query: { name: string; status: number }
}[] = [
  {
    name: 'an expired session',
    arrange: ({ credentials }) => {
      credentials.expire()
      return {}
    },
    json: { name: 'ExpiredTokenException', message: 'The security token included in the request is expired' },
    query: { name: 'ExpiredToken', status: 403 },
  },
  {
    name: 'an unknown key',
    arrange: ({ settings }) => ({ credentials: { ...settings.credentials, accessKeyId: 'NOBODY' } }),
    json: { name: 'UnrecognizedClientException', message: invalid },
    query: { name: 'InvalidClientTokenId', status: 403 },
  },
  {
    name: 'a wrong session token',
    arrange: ({ settings }) => ({ credentials: { ...settings.credentials, sessionToken: 'wrong' } }),
    json: { name: 'UnrecognizedClientException', message: invalid },
    query: { name: 'InvalidClientTokenId', status: 403 },
  },
  {
    name: 'a wrong secret',
    arrange: ({ settings }) => ({ credentials: { ...settings.credentials, secretAccessKey: 'wrong' } }),
    json: {
      name: 'InvalidSignatureException',
      message: /^The request signature we calculated does not match/,
    },
    query: { name: 'SignatureDoesNotMatch', status: 403 },
  },
  {
    name: 'another region',
    arrange: () => ({ region: 'eu-west-1' }),
    json: { name: 'InvalidSignatureException', message: 'Credential should be scoped to a valid region.' },
    query: { name: 'SignatureDoesNotMatch', status: 403 },
  },
  {
    name: 'a denied action',
    arrange: ({ credentials }) => {
      credentials.deny('ecs:Update*', { resource: 'arn:aws:ecs:*:service/shop/*' })
      credentials.deny('elasticloadbalancing:DescribeRules')
      return {}
    },
    json: {
      name: 'AccessDeniedException',
      message: `${user} is not authorized to perform: ecs:UpdateService on resource: ${arn} ${missing}`,
    },
    query: { name: 'AccessDenied', status: 403 },
  },
]

test.each(cases)('$name is refused in the words of either protocol', async ({ arrange, json, query }) => {
  await using account = await testAccount()
  const settings = { ...account.settings, ...arrange(account) }
  await expect(new ECSClient(settings).send(update)).rejects.toMatchObject({
    name: json.name,
    message: typeof json.message === 'string' ? json.message : expect.stringMatching(json.message),
    $metadata: { httpStatusCode: 400 },
  })
  await expect(
    new ElasticLoadBalancingV2Client(settings).send(new DescribeRulesCommand({})),
  ).rejects.toMatchObject({ name: query.name, $metadata: { httpStatusCode: query.status } })
})

test('a call without a signature', async () => {
  await using account = await testAccount()
  const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListTasks' }
  const answer = await fetch(account.server.url, { method: 'POST', headers, body: '{}' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
})

test('a body changed after signing', async () => {
  await using account = await testAccount()
  const ecs = new ECSClient(account.settings)
  ecs.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.request ?? {}, { body: '{"cluster":"shop","service":"bad"}' })
      return next(args)
    },
    { step: 'deserialize', priority: 'low' },
  )
  const twin = new UpdateServiceCommand({ cluster: 'shop', service: 'web' })
  await expect(ecs.send(twin)).rejects.toMatchObject({ name: 'InvalidSignatureException' })
})

test('a denial names its resource only where AWS does, an explicit one says so, and it can be taken back', async () => {
  await using account = await testAccount()
  const elb = new ElasticLoadBalancingV2Client(account.settings)
  account.credentials.deny('elasticloadbalancing:DescribeRules', { explicit: true })
  await expect(elb.send(new DescribeRulesCommand({}))).rejects.toThrow(
    `${user} is not authorized to perform: elasticloadbalancing:DescribeRules with an explicit deny in an identity-based policy`,
  )
  account.credentials.allow('elasticloadbalancing:DescribeRules')
  await expect(elb.send(new DescribeRulesCommand({}))).resolves.toMatchObject({ Rules: [] })
})

test('a denial of another resource does not concern the call', async () => {
  await using account = await testAccount()
  account.credentials.deny('ecs:UpdateService', { resource: `${arn}-other` })
  await expect(new ECSClient(account.settings).send(update)).resolves.toMatchObject({
    service: { serviceName: 'web' },
  })
})

test('GetCallerIdentity works in spite of a deny, but not with an expired session', async () => {
  await using account = await testAccount({ services: [stsService(defaultPlace)] })
  const sts = new STSClient(account.settings)
  account.credentials.deny('*', { explicit: true })
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/deployer/github',
    UserId: expect.stringMatching(/^AROA[0-9A-Z]{17}:github$/),
  })
  account.credentials.expire()
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' })
})

test('a policy allows its actions on its resources, and nothing else', async () => {
  await using account = await testAccount()
  const ecs = new ECSClient(account.settings)
  account.credentials.allowOnly([{ actions: ['ecs:Update*'], resources: [`${arn.slice(0, -3)}*`] }])
  await expect(ecs.send(update)).resolves.toMatchObject({ service: { serviceName: 'web' } })
  const other = new UpdateServiceCommand({ cluster: 'other', service: 'web' })
  await expect(ecs.send(other)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  const rules = new ElasticLoadBalancingV2Client(account.settings).send(new DescribeRulesCommand({}))
  await expect(rules).rejects.toMatchObject({ name: 'AccessDenied' })
  account.credentials.allowOnly(undefined)
  await expect(ecs.send(other)).resolves.toMatchObject({ service: { serviceName: 'web' } })
})
