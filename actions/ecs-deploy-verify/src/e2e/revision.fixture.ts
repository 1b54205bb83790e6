import type { World } from './world.fixture.ts'

type Ecs = World['testbed']['clients']['ecs']
type Container = NonNullable<Parameters<Ecs['registerTaskDefinition']>[0]['containerDefinitions']>[number]

/** Registers a revision that differs from the service's own, as a person would, and returns its ARN. */
export async function revision(
  { stack, testbed }: World,
  change: Partial<Container>,
  beside: readonly Container[] = [],
): Promise<string> {
  const { ecs } = testbed.clients
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: stack.taskDefinitionArn })
  const {
    containerDefinitions = [],
    cpu,
    executionRoleArn,
    family,
    memory,
    networkMode,
  } = taskDefinition ?? {}
  const registered = await ecs.registerTaskDefinition({
    family,
    networkMode,
    requiresCompatibilities: ['FARGATE'],
    cpu,
    memory,
    executionRoleArn,
    containerDefinitions: [...containerDefinitions.map((each) => ({ ...each, ...change })), ...beside],
  })
  return registered.taskDefinition?.taskDefinitionArn ?? ''
}
