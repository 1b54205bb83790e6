import { ECSClient } from '@aws-sdk/client-ecs'
import { STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { ActionError } from '../action/action-error.ts'
import { describeService } from './ecs/services.ts'
import { awsError, awsErrorName, isTransient } from './errors.ts'
import { scriptedEndpoint } from './scripted-endpoint.fixture.ts'
import { callerIdentity } from './sts.ts'

const WEB = { cluster: 'prod', service: 'web' }

async function failure(calling: Promise<unknown>): Promise<ActionError> {
  const error: unknown = await calling.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof ActionError) return error
  throw new Error('The call did not fail with an ActionError', { cause: error })
}

describe('what ECS answers', () => {
  test.each([
    [
      'ExpiredTokenException',
      400,
      'The security token included in the request is expired',
      'credentials',
      /role-duration-seconds/,
      false,
    ],
    [
      'UnrecognizedClientException',
      400,
      'The security token included in the request is invalid.',
      'credentials',
      /configure-aws-credentials/,
      false,
    ],
    ['ThrottlingException', 400, 'Rate exceeded', 'throttled', /AWS_MAX_ATTEMPTS/, true],
    ['ServerException', 500, 'Service Unavailable', 'service-fault', /Run the step again/, true],
    ['ServiceNotFoundException', 400, 'Service not found.', 'not-found', /inputs service, cluster/, false],
    ['InvalidParameterException', 400, 'No ::error::such', 'rejected', undefined, false],
    ['LimitExceededException', 400, 'Too many', 'rejected', undefined, false],
  ])('%s with status %i', async (type, status, message, code, hint, transient) => {
    await using endpoint = await scriptedEndpoint(() => ({
      status,
      body: { __type: type, message },
    }))
    const error = await failure(describeService(new ECSClient(endpoint.config), WEB))
    expect(error.code).toBe(code)
    expect(error.message).toContain('Could not read the service web in the cluster prod: ')
    expect(error.message).toContain(message)
    expect(error.hint ?? '').toMatch(hint ?? /^$/)
    expect(isTransient(error)).toBe(transient)
    expect(isTransient(error.cause)).toBe(transient)
    expect(awsErrorName(error)).toBe(type)
  })

  test('access denied names who, what and where, and gives the statement to add', async () => {
    const resource = 'arn:aws:ecs:eu-west-1:111122223333:service/prod/web'
    const message = `User: arn:aws:sts::111122223333:assumed-role/deployer/s is not authorized to perform: ecs:DescribeServices on resource: ${resource} because no identity-based policy allows the ecs:DescribeServices action`
    const body = { __type: 'AccessDeniedException', message }
    await using endpoint = await scriptedEndpoint(() => ({ status: 400, body }))
    expect(await failure(describeService(new ECSClient(endpoint.config), WEB))).toMatchObject({
      code: 'access-denied',
      message: `Could not read the service web in the cluster prod: AWS does not allow ecs:DescribeServices on ${resource} for arn:aws:sts::111122223333:assumed-role/deployer/s (because no identity-based policy allows the ecs:DescribeServices action)`,
      hint: `Add this statement to the role's policy: {"Effect":"Allow","Action":"ecs:DescribeServices","Resource":"${resource}"}`,
    })
  })
})

test('a cluster that does not exist is mostly a slip in an input', async () => {
  const body = { __type: 'ClusterNotFoundException', message: 'Cluster not found.' }
  await using endpoint = await scriptedEndpoint(() => ({ status: 400, body }))
  const error = await failure(describeService(new ECSClient(endpoint.config), WEB))
  expect(error).toMatchObject({ code: 'not-found', hint: expect.stringContaining('the input cluster') })
})

test.each([
  ['reset', 'reset', /ECONNRESET/],
  ['hang', 'hang', /ETIMEDOUT/],
] as const)('a connection that fails by %s is of the network', async (_, answer, message) => {
  await using endpoint = await scriptedEndpoint(() => answer)
  const requestHandler = { requestTimeout: 200, throwOnRequestTimeout: true }
  const error = await failure(describeService(new ECSClient({ ...endpoint.config, requestHandler }), WEB))
  expect(error).toMatchObject({ code: 'network', message: expect.stringMatching(message) })
  expect(isTransient(error)).toBe(true)
})

test('a call that is given up, with all its attempts, ends like one without an answer', async () => {
  await using endpoint = await scriptedEndpoint(() => 'hang')
  const ecs = new ECSClient({ ...endpoint.config, maxAttempts: 6 })
  const begin = performance.now()
  const error = await failure(describeService(ecs, WEB, AbortSignal.timeout(200)))
  expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('no answer from AWS') })
  expect(isTransient(error)).toBe(true)
  expect(performance.now() - begin).toBeLessThan(5000)
})

test.each([
  ['nobody listens', 'http://127.0.0.1:1', /ECONNREFUSED/],
  ['the host is unknown', 'http://no-such-host.invalid', /ENOTFOUND|EAI_AGAIN/],
])('when %s, the network is to blame', async (_, url, message) => {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }
  const ecs = new ECSClient({ endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 })
  const error = await failure(describeService(ecs, WEB))
  expect(error).toMatchObject({ code: 'network', message: expect.stringMatching(message) })
})

test('missing credentials lead to the action that gets some', async () => {
  const credentials = () => {
    const message = 'Could not load credentials from any providers'
    return Promise.reject(Object.assign(new Error(message), { name: 'CredentialsProviderError' }))
  }
  const error = await failure(callerIdentity(new STSClient({ region: 'eu-west-1', credentials })))
  expect(error).toMatchObject({
    code: 'credentials',
    hint: expect.stringMatching(/configure-aws-credentials.*id-token: write/),
  })
})

test.each([
  ['AccessDenied', 403, 'access-denied'],
  ['ExpiredToken', 403, 'credentials'],
  ['InvalidClientTokenId', 403, 'credentials'],
  ['Throttling', 400, 'throttled'],
])('%s of a query service is understood too', async (type, status, code) => {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>text</Message></Error></ErrorResponse>`
  await using endpoint = await scriptedEndpoint(() => ({ status, body }))
  expect(await failure(callerIdentity(new STSClient(endpoint.config)))).toMatchObject({ code })
})

describe('anything else', () => {
  const mine = new ActionError('file', 'mine')

  test.each<[string, unknown, object]>([
    ['an ActionError comes back as it is', mine, mine],
    ['text that was thrown', '::error::x', { code: 'unexpected', message: 'Could not x: \\::error::x' }],
    [
      'a defect',
      new TypeError('x is undefined'),
      { code: 'unexpected', message: 'Could not x: x is undefined' },
    ],
    [
      'a missing region',
      new Error('Region is missing'),
      { code: 'invalid-input', hint: expect.stringContaining('aws-region') },
    ],
  ])('%s', (_, thrown, expected) => {
    expect(awsError(thrown, 'ecs:X', 'x')).toMatchObject(expected)
    expect(isTransient(thrown)).toBe(false)
  })
})
