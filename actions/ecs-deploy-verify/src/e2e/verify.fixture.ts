import assert from 'node:assert/strict'
import type { Deployment } from '@aws-sdk/client-ecs'
import type { Deployed, World } from './world.fixture.ts'

/** Runs the action with `mode: verify`, and checks that it made no call but those that read. */
export async function verify(aws: World, inputs: Record<string, string> = {}): Promise<Deployed> {
  const before = aws.testbed.calls.all().length
  const run = await aws.deploy({ mode: 'verify', ...inputs })
  const made = aws.testbed.calls.all().slice(before)
  // What the test itself does meanwhile comes from other clients.
  const own = made.filter(({ userAgent }) => userAgent.includes('ecs-deploy-verify'))
  const writes = own.filter(({ operation }) => !/^(Describe|List|Get|BatchGet)/.test(operation))
  assert.ok(own.some(({ operation }) => operation === 'DescribeServices'))
  assert.deepEqual(writes, [])
  return run
}

interface Change {
  taskDefinition?: string
  forceNewDeployment?: boolean
  desiredCount?: number
}

/** Somebody at the console: changes the service, and waits until it is as they want it. */
export async function behindItsBack(aws: World, change: Change): Promise<void> {
  // The answers lag behind: the deployment before is COMPLETED too.
  await changed(aws, change, (own, all) => all.length === 1 && own.rolloutState === 'COMPLETED')
}

/** Somebody at the console starts a deployment; DescribeServices shows it when this resolves. */
export async function startedBehindItsBack(aws: World, taskDefinition: string): Promise<void> {
  await changed(aws, { taskDefinition }, () => true)
}

/** Changes the service, and looks until its new deployment shows and, with all others that show, is `enough`. */
async function changed(
  { stack: { cluster, service }, testbed: { clients } }: World,
  change: Change,
  enough: (own: Deployment, all: readonly Deployment[]) => boolean,
): Promise<void> {
  const answer = await clients.ecs.updateService({ cluster, service, ...change })
  const started = answer.service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
  for (let look = 0; look < 3000; look++) {
    const { services } = await clients.ecs.describeServices({ cluster, services: [service] })
    const all = services?.[0]?.deployments ?? []
    const own = all.find(({ id }) => id === started)
    if (own !== undefined && enough(own, all)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the deployment did not come to show what was waited for')
}

/** A revision of the service's task definition with another image. */
export async function registered({ stack, testbed }: World, image: string): Promise<string> {
  const { ecs } = testbed.clients
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: stack.family })
  const containerDefinitions = taskDefinition?.containerDefinitions?.map((each) => ({ ...each, image }))
  const { cpu, executionRoleArn, memory, networkMode, requiresCompatibilities } = taskDefinition ?? {}
  const answer = await ecs.registerTaskDefinition({
    family: stack.family,
    cpu,
    executionRoleArn,
    memory,
    networkMode,
    requiresCompatibilities,
    containerDefinitions,
  })
  return answer.taskDefinition?.taskDefinitionArn ?? ''
}
