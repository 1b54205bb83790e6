import { expect, test } from 'vitest'
import type { JsonObject } from '../../../aws/json.ts'
import { aContainer, older } from '../../test-data.fixture.ts'
import { diagnose } from '../diagnose.ts'
import { codes, pullFailure, seen } from '../sample.fixture.ts'

const arn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/db-a1b2c3'
const parameter = 'arn:aws:ssm:us-east-1:111122223333:parameter/orders/key'
const definition: JsonObject = {
  executionRoleArn: 'arn:aws:iam::111122223333:role/service-role/ecsTaskExecutionRole',
  containerDefinitions: [
    {
      name: 'app',
      image: 'repo:v2',
      secrets: [
        { name: 'PASSWORD', valueFrom: `${arn}:password::` },
        { name: 'KEY', valueFrom: parameter },
        { name: 'TOKEN', valueFrom: '/orders/token' },
      ],
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/app' } },
    },
    {
      name: 'proxy',
      image: 'envoy:1',
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/proxy' } },
    },
  ],
}
const init = 'ResourceInitializationError: '
const retrieval = `${init}unable to pull secrets or registry auth: execution resource retrieval failed: `
const fetching = `${retrieval}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager: `
const user =
  'User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0123456789abcdef0123456789abcdef'
const noGroup = `${init}failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.`

const failed = (reason: string, change: object = {}) =>
  pullFailure(reason, { containers: [aContainer({ exitCode: undefined })], ...change })
const scene = (reason: string) => seen({ tasks: [failed(reason)], definition })

test.each<[string, string, string]>([
  [
    'secret-missing',
    `${fetching}operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: x, ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    'the secret orders/db-a1b2c3 for PASSWORD of container app does not exist in AWS Secrets Manager',
  ],
  [
    'secret-missing',
    `${fetching}InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.`,
    'the secret orders/db-a1b2c3 for PASSWORD of container app is marked for deletion',
  ],
  [
    'secret-missing',
    `${init}unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key password`,
    'the secret for PASSWORD of container app has no JSON key password',
  ],
  [
    'secret-missing',
    `${retrieval}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /orders/token`,
    'the parameter /orders/token for TOKEN of container app does not exist in the Parameter Store',
  ],
  [
    'secret-missing',
    `${retrieval}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /orders/key`,
    'the parameter /orders/key for KEY of container app does not exist in the Parameter Store',
  ],
  [
    'secret-missing',
    `${retrieval}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /other`,
    'the parameter /other for a container does not exist in the Parameter Store',
  ],
  [
    'secret-denied',
    `${fetching}operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: x, api error AccessDeniedException: ${user} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    'the execution role ecsTaskExecutionRole may not read orders/db-a1b2c3 for PASSWORD of container app: it lacks secretsmanager:GetSecretValue',
  ],
  [
    'secret-denied',
    `${retrieval}unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: x, api error AccessDeniedException: ${user} is not authorized to perform: ssm:GetParameters on resource: ${parameter} because no identity-based policy allows the ssm:GetParameters action`,
    'the execution role ecsTaskExecutionRole may not read /orders/key for KEY of container app: it lacks ssm:GetParameters',
  ],
  [
    'secret-denied',
    `${fetching}AccessDeniedException: Access to KMS is not allowed`,
    'the execution role ecsTaskExecutionRole may not decrypt orders/db-a1b2c3 for PASSWORD of container app: it lacks kms:Decrypt',
  ],
  [
    'secret-denied',
    `${retrieval}unable to retrieve secrets from ssm: AccessDeniedException, and then it was cut`,
    'the execution role ecsTaskExecutionRole may not read the secrets for a container: it lacks ssm:GetParameters',
  ],
])('%s: %s', (code, reason, cause) => {
  expect(codes(scene(reason))).toEqual([code])
  expect(diagnose(scene(reason)).findings[0].cause).toBe(cause)
})

test.each([
  [
    'no way there',
    `${retrieval}unable to retrieve secret from asm: The task can't pull secrets from AWS Secrets Manager. There is a connection issue between the task and Secrets Manager.`,
  ],
  [
    'the token of the registry',
    `${retrieval}unable to retrieve ecr registry auth: AccessDeniedException: ${user} is not authorized to perform: ecr:GetAuthorizationToken on resource: *`,
  ],
  ['a log group', noGroup],
  [
    'a crash that speaks of secrets',
    'Essential container in task exited: failed to fetch secret x from secrets manager: ResourceNotFoundException',
  ],
])('neither secret-missing nor secret-denied: %s', (_, reason) => {
  for (const code of codes(scene(reason))) expect(code).not.toMatch(/^secret-/)
})

test.each<[string, string | undefined, string]>([
  ['the one that ECS names', 'proxy', 'the log group /ecs/proxy of container proxy does not exist'],
  [
    'all that it may be',
    undefined,
    'the log group /ecs/app, /ecs/proxy of container app, proxy does not exist',
  ],
])('log-group-missing: %s', (_, name, cause) => {
  const reason = name === undefined ? undefined : noGroup
  const task = failed(noGroup, {
    containers: [aContainer({ name: name ?? 'app', reason, exitCode: undefined })],
  })
  const found = diagnose(seen({ tasks: [task], definition })).findings
  expect(found.map(({ code }) => code)).toEqual(['log-group-missing'])
  expect(found[0].cause).toBe(cause)
})

test('log-group-missing: in the words of Docker, which starts the driver with the container', () => {
  const reason =
    'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.'
  const containers = [aContainer({ name: 'proxy', reason, exitCode: undefined })]
  const task = failed('Task failed to start', { containers })
  const [{ cause }, ...others] = diagnose(seen({ tasks: [task], definition })).findings
  expect(cause).toBe('the log group /ecs/proxy of container proxy does not exist')
  expect(others).toEqual([])
})

test.each([
  [
    'another option is wrong',
    `${init}failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required`,
    {},
  ],
  ['another deployment', noGroup, { startedBy: older }],
])('not log-group-missing: %s', (_, reason, change) => {
  expect(codes(seen({ tasks: [failed(reason, change)], definition }))).toEqual(['unknown-failure'])
})
