import { describe, test } from 'vitest'
import { plays, rolledBack, type Scenario } from './findings.fixture.ts'
import { revision } from './revision.fixture.ts'
import type { WorldOptions } from './world.fixture.ts'

const onInstances: WorldOptions = { service: (input) => ({ ...input, launchType: 'EC2' }) }

const scenarios: Record<string, Scenario> = {
  'a tag that the registry does not have': {
    options: onInstances,
    async cause({ testbed, v1 }) {
      testbed.credentials.deny('ecr:BatchGetImage')
      return { images: v1.reference.replace(/v1$/, 'v9') }
    },
    codes: ['image-missing', 'circuit-breaker'],
    reads: ({ images }) =>
      `${rolledBack}the image ${images} cannot be pulled: the registry does not have it\nCheck the repository, tag or digest, and the account and Region in its name; push the image before deploying. A lifecycle policy may have deleted it.`,
  },
  'a command that is not in the image': {
    options: onInstances,
    cause: async (aws) => ({ 'task-definition': await revision(aws, { command: ['serve-orders'] }) }),
    codes: ['cannot-start', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}container app cannot be started: its program serve-orders is not in the image\nCorrect entryPoint and command of the container in the task definition, each word an item of its own, or add the file to the image: a name is looked for in its PATH, a path is looked for as it stands.`,
  },
  'a log group that does not exist': {
    options: onInstances,
    async cause(aws) {
      aws.testbed.credentials.deny('logs:DescribeLogGroups')
      const options = { 'awslogs-region': 'us-east-1', 'awslogs-group': '/ecs/elsewhere' }
      const logConfiguration = { logDriver: 'awslogs' as const, options }
      return { 'task-definition': await revision(aws, { logConfiguration }) }
    },
    codes: ['log-group-missing', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the log group /ecs/elsewhere of container app does not exist\nCreate the log group in the Region that awslogs-region names, or set the option awslogs-create-group to "true" and allow logs:CreateLogGroup in the execution role.`,
  },
}

/** There the task says no more than that it failed to start, and no event tells of it. */
describe.concurrent('what keeps a task from starting on container instances', () => {
  test.each(Object.entries(scenarios))('%s', (_, scenario) => plays(scenario))
})
