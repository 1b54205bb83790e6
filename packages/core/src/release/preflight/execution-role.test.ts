import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { executionRoleFindings } from './execution-role.ts'
import { ecrHost } from './scripted-registry.fixture.ts'

const fargate = { launchType: 'FARGATE', capacityProviders: [] }
const ec2 = { launchType: 'EC2', capacityProviders: [] }
const spot = { launchType: undefined, capacityProviders: ['FARGATE_SPOT'] }
const own = { launchType: undefined, capacityProviders: ['FARGATE-like'] }
const ecr: JsonObject = { name: 'app', image: `${ecrHost}/web:v1` }
const plain: JsonObject = { name: 'app', image: 'nginx:1' }
const awslogs: JsonObject = { ...plain, logConfiguration: { logDriver: 'awslogs', options: {} } }
const secrets: JsonObject = { ...plain, secrets: [{ name: 'A', valueFrom: 'arn' }] }
const login: JsonObject = { ...plain, repositoryCredentials: { credentialsParameter: 'arn' } }

test.each<[string, typeof fargate | typeof spot, JsonObject, string | undefined]>([
  ['Amazon ECR on Fargate', fargate, ecr, 'container app takes its image from Amazon ECR'],
  ['Amazon ECR on Fargate Spot', spot, ecr, 'container app takes its image from Amazon ECR'],
  ['Amazon ECR on EC2', ec2, ecr, undefined],
  ['Amazon ECR on instances of a capacity provider', own, ecr, undefined],
  ['another registry on Fargate', fargate, plain, undefined],
  ['awslogs on Fargate', fargate, awslogs, 'container app logs to CloudWatch Logs'],
  ['awslogs on EC2', ec2, awslogs, undefined],
  ['secrets on EC2', ec2, secrets, 'container app takes secrets'],
  ['an empty list of secrets', ec2, { ...plain, secrets: [] }, undefined],
  [
    'secrets of the log driver',
    ec2,
    { ...plain, logConfiguration: { logDriver: 'splunk', secretOptions: [{}] } },
    'container app takes secrets',
  ],
  ['a login on EC2', ec2, login, 'container app takes its image with a login from Secrets Manager'],
  [
    'several needs',
    fargate,
    { ...awslogs, ...ecr },
    'container app takes its image from Amazon ECR and logs to CloudWatch Logs',
  ],
])('%s', (_, compute, container, reason) => {
  const definition = { containerDefinitions: [container] }
  const causes = executionRoleFindings(compute, definition).map(({ cause }) => cause)
  expect(causes).toEqual(
    reason === undefined ? [] : [`the task definition has no executionRoleArn, and ${reason}`],
  )
  expect(executionRoleFindings(compute, { ...definition, executionRoleArn: 'arn' })).toEqual([])
})

test('a task definition for Fargate needs it, whatever the service says of itself', () => {
  const definition = { containerDefinitions: [ecr], requiresCompatibilities: ['EC2', 'FARGATE'] }
  expect(executionRoleFindings(ec2, definition)).toHaveLength(1)
})
