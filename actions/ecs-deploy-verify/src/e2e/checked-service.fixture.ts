import assert from 'node:assert/strict'
import type { JsonObject } from '@ecs-release/testbed'
import { balanced, type Deployed, placeFile, type World, type WorldOptions } from './world.fixture.ts'

/** The target group's port differs from the container's, as it does in most stacks: that is no problem. */
export const throughPort80 = {
  ...balanced,
  loadBalancer: { ...balanced.loadBalancer, targetGroupPort: 80 },
  timeScale: 60,
} as const

/** A service on container instances, in network mode bridge. */
export const onInstances: WorldOptions = {
  taskDefinition: ({ networkMode: _, requiresCompatibilities: __, ...rest }) => ({
    ...rest,
    networkMode: 'bridge',
  }),
  service: ({ networkConfiguration: _, ...rest }) => ({ ...rest, launchType: 'EC2' }),
}

/** The log options of the stack's container. */
export const logs = {
  'awslogs-group': '/ecs/orders',
  'awslogs-region': 'us-east-1',
  'awslogs-stream-prefix': 'app',
} as const

/** A task definition that is not registered yet, and with which nothing is wrong. */
export const resized: JsonObject = { cpu: '512', memory: '1024' }

/** The task definition of the stack as a file, with what a test changes of it and of its container. */
export function file({ v1 }: World, change: JsonObject = {}, container: JsonObject = {}): string {
  return JSON.stringify({
    family: 'orders',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
    ...change,
    containerDefinitions: [
      {
        name: 'app',
        image: v1.uri,
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: { logDriver: 'awslogs', options: logs },
        ...container,
      },
    ],
  })
}

/** Deploys a task definition file that is to be refused, or in a dry run, and sees that nothing is written. */
export async function deployFile(
  aws: World,
  text: string,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<Deployed & { codes: string[] }> {
  await using workspace = await placeFile('task.json', text)
  const before = aws.testbed.calls.all().length
  const run = await aws.deploy({ 'task-definition': 'task.json', ...inputs }, { ...workspace, env })
  const made = aws.testbed.calls.all().slice(before)
  const written = made.filter(({ operation }) => !/^(Describe|List|Get|BatchGet)/.test(operation))
  assert.deepEqual(written, [])
  const codes = JSON.parse(run.outputs.findings ?? '[]').map(({ code }: { code: string }) => code)
  return { ...run, codes }
}
