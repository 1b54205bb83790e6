import type { Testbed } from '@ecs-release/testbed'
import { clusterOf, service } from './account.ts'

/** A variable that the templates have once Terraform has changed them. */
const variable = 'OF_THE_TEMPLATE'

/** Registers a revision that has one variable more, as an apply of a changed template does; no service takes it by that. */
export async function changeTemplate({ clients: { ecs } }: Testbed, environment: string): Promise<void> {
  const family = clusterOf(environment)
  const { taskDefinition = {} } = await ecs.describeTaskDefinition({ taskDefinition: family })
  const {
    containerDefinitions = [],
    cpu,
    executionRoleArn,
    memory,
    networkMode,
    taskRoleArn,
  } = taskDefinition
  await ecs.registerTaskDefinition({
    family,
    cpu,
    executionRoleArn,
    memory,
    networkMode,
    taskRoleArn,
    requiresCompatibilities: taskDefinition.requiresCompatibilities,
    containerDefinitions: containerDefinitions.map((container) => ({
      ...container,
      environment: [...(container.environment ?? []), { name: variable, value: environment }],
    })),
  })
}

/** Whether an environment's service has what changeTemplate has changed. */
export async function hasTheTemplate({ clients: { ecs } }: Testbed, environment: string): Promise<boolean> {
  const { services } = await ecs.describeServices({ cluster: clusterOf(environment), services: [service] })
  const taskDefinition = services?.[0]?.taskDefinition
  const described = await ecs.describeTaskDefinition({ taskDefinition })
  const variables = described.taskDefinition?.containerDefinitions?.[0]?.environment ?? []
  return variables.some(({ name }) => name === variable)
}
