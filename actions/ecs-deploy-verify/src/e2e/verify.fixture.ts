import assert from 'node:assert/strict'
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
export async function behindItsBack({ stack, testbed }: World, change: Change): Promise<void> {
  const { cluster, service } = stack
  const answer = await testbed.clients.ecs.updateService({ cluster, service, ...change })
  const primary = answer.service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
  for (let look = 0; look < 600; look++) {
    const { services } = await testbed.clients.ecs.describeServices({ cluster, services: [service] })
    const [deployment, ...others] = services?.[0]?.deployments ?? []
    // The answers lag behind: the deployment before is COMPLETED too.
    const atRest = deployment?.id === primary && deployment?.rolloutState === 'COMPLETED'
    if (atRest && others.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the service did not come to rest')
}

/** Somebody at the console starts a deployment; DescribeServices shows it when this resolves. */
export async function startedBehindItsBack({ stack, testbed }: World, taskDefinition: string): Promise<void> {
  const { cluster, service } = stack
  const answer = await testbed.clients.ecs.updateService({ cluster, service, taskDefinition })
  const started = answer.service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
  for (let look = 0; look < 600; look++) {
    const { services } = await testbed.clients.ecs.describeServices({ cluster, services: [service] })
    if (services?.[0]?.deployments?.some(({ id }) => id === started)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the deployment never showed')
}

/** A revision of the service's task definition with another image. */
export async function registered({ stack, testbed }: World, image: string): Promise<string> {
  const { ecs } = testbed.clients
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: stack.family })
  const containerDefinitions = taskDefinition?.containerDefinitions?.map((each) => ({ ...each, image }))
  const { family, cpu, memory, networkMode, requiresCompatibilities } = taskDefinition ?? {}
  const size = { family, cpu, memory, networkMode, requiresCompatibilities }
  const answer = await ecs.registerTaskDefinition({ ...size, containerDefinitions, family: stack.family })
  return answer.taskDefinition?.taskDefinitionArn ?? ''
}
