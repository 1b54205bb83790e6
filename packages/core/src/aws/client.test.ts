import { afterEach, expect, test, vi } from 'vitest'
import { awsClients, regionOf } from './client.ts'
import { describeService } from './ecs/services.ts'
import { scriptedEndpoint } from './scripted-endpoint.fixture.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test.each([
  ['the input', 'eu-west-1', { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' }, 'eu-west-1'],
  ['AWS_REGION', undefined, { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-east-1'],
  ['AWS_DEFAULT_REGION', '', { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-east-2'],
])('the region comes from %s', (_, input, env, region) => {
  expect(regionOf(input, env)).toBe(region)
})

test('without any region the error names the input', () => {
  expect(() => awsClients({ region: undefined, env: {}, userAgent: 'x' })).toThrow(
    expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('aws-region') }),
  )
})

test('calls go to AWS_ENDPOINT_URL, sign for the region and name the action as user agent', async () => {
  await using endpoint = await scriptedEndpoint(() => ({ body: {} }))
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example')
  const aws = awsClients({ region: 'eu-west-1', env: process.env, userAgent: 'ecs-deploy-verify' })
  await expect(describeService(aws.ecs, { cluster: 'c', service: 's' })).rejects.toMatchObject({
    code: 'not-found',
  })
  const headers = endpoint.received[0]?.headers
  expect(headers?.['user-agent']).toContain('ecs-release-actions/ecs-deploy-verify')
  expect(headers?.authorization).toContain('/eu-west-1/ecs/aws4_request')
  expect(aws.ecs).toBe(aws.ecs)
})

test('a socket that hangs is given up, and throttling is outlasted unless AWS_MAX_ATTEMPTS says otherwise', async () => {
  const handler = async (env: Record<string, string>) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const { config } = awsClients({ region: 'eu-west-1', env, userAgent: 'x' }).ecs
    return { attempts: await config.maxAttempts(), timeouts: config.requestHandler }
  }
  const { attempts, timeouts } = await handler({})
  expect(attempts).toBe(6)
  expect(await Reflect.get(timeouts, 'configProvider')).toMatchObject({
    connectionTimeout: 5_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  })
  expect((await handler({ AWS_MAX_ATTEMPTS: '9' })).attempts).toBe(9)
})

test('a call that may not take effect twice is made once, whatever AWS_MAX_ATTEMPTS says', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '9')
  const { config } = awsClients({ region: 'eu-west-1', env: process.env, userAgent: 'x' }).ecsOnce
  expect(await config.maxAttempts()).toBe(1)
})
