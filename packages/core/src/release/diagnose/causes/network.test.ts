import { expect, test } from 'vitest'
import { aContainer, aDeployment, aService, older } from '../../test-data.fixture.ts'
import { diagnose } from '../diagnose.ts'
import { codes, pullFailure, seen } from '../sample.fixture.ts'

const ecr = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v2'
const definition = { containerDefinitions: [{ name: 'app', image: ecr }] }
const init = 'ResourceInitializationError: '
const retrieval = `${init}unable to pull secrets or registry auth: execution resource retrieval failed: `

/** A task that never ran, for this reason of the task alone. */
const failed = (reason: string, change: object = {}) =>
  pullFailure(reason, { containers: [aContainer({ exitCode: undefined })], ...change })

test.each<[string, string]>([
  [
    `${init}unable to pull secrets or registry auth: The task cannot pull registry authentication from Amazon ECR. There is a connection issue between the task and Amazon ECR. Check your task network configuration.`,
    'Amazon ECR',
  ],
  [
    `${retrieval}unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp 10.0.0.1:443: i/o timeout. Please check your task network configuration.`,
    'Amazon ECR',
  ],
  [`CannotPullContainerError: dial tcp 10.0.0.1:443: i/o timeout`, 'Amazon ECR'],
  [
    `CannotPullImageManifestError: Error response from daemon: Get "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/": net/http: request canceled while waiting for connection`,
    'Amazon ECR',
  ],
  [
    `CannotPullContainerError: API error (500): Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/: net/http: request canceled while waiting for connection`,
    'Amazon ECR',
  ],
  [
    `CannotPullContainerError: The task cannot pull '${ecr}' from the Amazon ECR repository 'web'. There is a connection issue between the task and Amazon ECR. Check your task network configuration.`,
    'Amazon ECR',
  ],
  [
    `${init}unable to retrieve secret from asm: The task can't pull secrets from AWS Secrets Manager. There is a connection issue between the task and Secrets Manager. Check your task network configuration.`,
    'AWS Secrets Manager',
  ],
  [
    `${retrieval}unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret arn from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration`,
    'AWS Secrets Manager',
  ],
  [
    `${retrieval}unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. operation error SSM: GetParameters, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
    'the Parameter Store of AWS Systems Manager',
  ],
  [
    `${init}failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. signal: killed`,
    'Amazon CloudWatch Logs',
  ],
])('no-route: %s', (reason, endpoint) => {
  const scene = seen({ tasks: [failed(reason)], definition })
  expect(codes(scene)).toEqual(['no-route'])
  expect(diagnose(scene).findings[0]).toMatchObject({
    cause: `the tasks have no route to ${endpoint} from the subnet subnet-1`,
    remedy: expect.stringMatching(/^The tasks have no public address, so the subnets need a NAT gateway/),
  })
})

test.each([
  `${retrieval}unable to retrieve ecr registry auth: service call has been retried 1 time(s): operation error ECR: GetAuthorizationToken, https response error StatusCode: 400, api error AccessDeniedException: not authorized`,
  `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${ecr}: ${ecr}: not found`,
  `${retrieval}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /timeout`,
  `${init}failed to invoke EFS utils commands to set up EFS volumes: stderr: Mount attempt 1/3 failed due to timeout after 15 sec, context deadline exceeded`,
  `CannotPullContainerError: ERROR: toomanyrequests: Too Many Requests.`,
  'Task failed: dial tcp 10.0.0.1:5432: i/o timeout',
])('not no-route: %s', (reason) => {
  expect(codes(seen({ tasks: [failed(reason)], definition }))).not.toContain('no-route')
})

const timeout = 'CannotPullContainerError: dial tcp 10.0.0.1:443: i/o timeout'

test('tasks with public addresses need another way out', () => {
  const network = { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1', 'sg-2'], publicAddress: true }
  const service = aService({ deployments: [aDeployment({ network })] })
  expect(diagnose(seen({ tasks: [failed(timeout)], definition, service })).findings[0]).toMatchObject({
    cause: 'the tasks have no route to Amazon ECR from the subnets subnet-1, subnet-2',
    remedy:
      'The tasks have public addresses, so the route table of the subnets needs a default route to an internet gateway; in private subnets use a NAT gateway or the VPC endpoints ecr.api, ecr.dkr and (gateway) s3. The security groups sg-1, sg-2 must let HTTPS out.',
  })
})

test('endpoints do not lead to a registry outside of AWS', () => {
  const elsewhere = { containerDefinitions: [{ name: 'app', image: 'ghcr.io/example/web:v2' }] }
  const [found] = diagnose(seen({ tasks: [failed(timeout)], definition: elsewhere })).findings
  expect(found.cause).toBe('the tasks have no route to the registry ghcr.io from the subnet subnet-1')
  expect(found.remedy).toMatch(/^VPC endpoints lead to AWS only/)
})

test.each<[string, string]>([
  [
    'Timeout waiting for network interface provisioning to complete.',
    'the network interface of a task in the subnet subnet-1 did not become available in time',
  ],
  [
    'Network interface provision complete error timeout wait for network interface provision.',
    'the network interface of a task in the subnet subnet-1 did not become available in time',
  ],
  [
    "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-9': InsufficientFreeAddressesInSubnet",
    'the subnet subnet-9 has no free address for the network interface of a task',
  ],
  [
    'Unexpected EC2 error while attempting to Create Network Interface',
    'the subnet subnet-1 has no free address for the network interface of a task',
  ],
  [
    'Rate limit exceeded while preparing network interface to be attached to instance',
    'the network interface of a task could not be attached',
  ],
])('network-interface: %s', (reason, cause) => {
  const scene = seen({ tasks: [failed(reason)], definition })
  expect(codes(scene)).toEqual(['network-interface'])
  expect(diagnose(scene).findings[0].cause).toBe(cause)
})

test.each([
  ['a volume that is late', failed('Timeout waiting for EphemeralStorage provisioning to complete')],
  [
    'a task of another deployment',
    failed('Timeout waiting for network interface provisioning to complete.', { startedBy: older }),
  ],
])('not network-interface: %s', (_, task) => {
  expect(codes(seen({ tasks: [task], definition }))).toEqual(['unknown-failure'])
})
