import type { World } from './world.fixture.ts'

type Ecs = World['testbed']['clients']['ecs']
type Definition = Parameters<Ecs['registerTaskDefinition']>[0]
type Container = NonNullable<Definition['containerDefinitions']>[number]

/** Registers a revision that differs from the service's own, as a person would, and returns its ARN. */
export async function revision(
  { stack, testbed }: World,
  container: Partial<Container>,
  definition: Partial<Definition> = {},
): Promise<string> {
  const { ecs } = testbed.clients
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: stack.taskDefinitionArn })
  const {
    containerDefinitions = [],
    family,
    networkMode,
    requiresCompatibilities,
    cpu,
    memory,
    executionRoleArn,
  } = taskDefinition ?? {}
  const registered = await ecs.registerTaskDefinition({
    family,
    networkMode,
    requiresCompatibilities,
    cpu,
    memory,
    executionRoleArn,
    ...definition,
    containerDefinitions: containerDefinitions.map((each) => ({ ...each, ...container })),
  })
  return registered.taskDefinition?.taskDefinitionArn ?? ''
}
