import { buildIndex } from '@ecs-release/testbed'
import { describe, test } from 'vitest'
import { appImage } from './app.fixture.ts'
import { plays, rolledBack, type Scenario, succeeds } from './findings.fixture.ts'

const role = 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole'
const subnet = 'subnet-0a1b2c3d'
const others = '444455556666.dkr.ecr.us-east-1.amazonaws.com/orders:v1'

const scenarios: Record<string, Scenario> = {
  'a tag that the registry does not have': {
    async cause({ testbed, v1 }) {
      testbed.credentials.deny('ecr:BatchGetImage')
      return { images: v1.reference.replace(/v1$/, 'v9') }
    },
    codes: ['image-missing', 'circuit-breaker'],
    shows: 'orders:v9',
    reads: ({ images }) =>
      `${rolledBack}the image ${images} cannot be pulled: the registry does not have it\nCheck the repository, tag or digest, and the account and Region in its name; push the image before deploying. A lifecycle policy may have deleted it.`,
  },
  'an execution role without a token': {
    async cause({ push, testbed }) {
      testbed.account.roles.deny(role, 'ecr:GetAuthorizationToken')
      return { images: (await push('v2')).uri }
    },
    codes: ['pull-denied', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the execution role ecsTaskExecutionRole may not sign in to Amazon ECR: it lacks ecr:GetAuthorizationToken\nAttach the managed policy AmazonECSTaskExecutionRolePolicy to the role, or allow ecr:GetAuthorizationToken on the resource *.`,
  },
  'an execution role that may not pull': {
    async cause({ push, testbed }) {
      testbed.account.roles.deny(role, 'ecr:BatchGetImage')
      return { images: (await push('v2')).uri }
    },
    codes: ['pull-denied', 'circuit-breaker'],
    reads: ({ images }) =>
      `${rolledBack}the execution role ecsTaskExecutionRole may not pull the image ${images}\nAllow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability on the repository in the role (AmazonECSTaskExecutionRolePolicy has them), and check that the policy of the repository denies nothing.`,
  },
  'an image of another account': {
    async cause({ testbed }) {
      testbed.credentials.deny('ecr:BatchGetImage')
      return { images: others }
    },
    codes: ['pull-denied', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the image ${others} belongs to the account 444455556666, which does not let the execution role ecsTaskExecutionRole pull it\nAllow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability for this account in the policy of the repository in 444455556666; the role needs the same rights in its own account.`,
  },
  'a public subnet without public addresses': {
    async cause({ push, testbed }) {
      testbed.account.network.subnet(subnet, { route: 'internet-gateway' })
      return { images: (await push('v2')).uri }
    },
    codes: ['no-route', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the tasks have no route to Amazon ECR from the subnet ${subnet}\nThe tasks have no public address, so the subnets need a NAT gateway, or the VPC endpoints ecr.api, ecr.dkr and (gateway) s3 that the tasks can reach; in public subnets set assignPublicIp to ENABLED. The security groups sg-0a1b2c3d must let HTTPS out.`,
  },
  'an index without the platform': {
    async cause({ testbed }) {
      testbed.credentials.deny('ecr:BatchGetImage')
      const index = buildIndex({ 'linux/arm64': await appImage('v2', { architecture: 'arm64' }) })
      return { images: testbed.images.push('orders', 'v2', index).uri }
    },
    codes: ['wrong-architecture', 'circuit-breaker'],
    reads: ({ images }) =>
      `${rolledBack}the image ${images} is not built for linux/amd64, on which the task runs\nBuild the image for linux/amd64 (the input platforms of build-push-ecr), or set runtimePlatform in the task definition to what the image is for.`,
  },
  'a single image for another platform': {
    async cause({ push, testbed }) {
      testbed.credentials.deny('ecr:BatchGetImage')
      return { images: (await push('v2', { architecture: 'arm64' })).uri }
    },
    codes: ['wrong-architecture', 'circuit-breaker'],
    reads: ({ images }) =>
      `${rolledBack}the program in the image ${images} cannot be executed: it is for another CPU architecture than linux/amd64, on which the task runs\nBuild the image for linux/amd64 (the input platforms of build-push-ecr), or set runtimePlatform in the task definition to what the image is for.`,
  },
}

describe.concurrent('what keeps an image from running', () => {
  test.each(Object.entries(scenarios))('%s', (_, scenario) => plays(scenario))

  test('not: a private subnet with all endpoints, an index with the platform beside others, a role that lacks what nobody needs', () =>
    succeeds({}, async ({ testbed }) => {
      const { network, roles } = testbed.account
      network.subnet(subnet, { route: 'none', endpoints: ['ecr', 'logs'] })
      roles.deny(role, 'secretsmanager:GetSecretValue')
      roles.deny('arn:aws:iam::111122223333:role/another', 'ecr:BatchGetImage')
      const images = {
        'linux/arm64': await appImage('v2', { architecture: 'arm64' }),
        'linux/amd64': await appImage('v2'),
      }
      return { images: testbed.images.push('orders', 'v2', buildIndex(images)).uri }
    }))
})
