import type { JsonObject, JsonValue, Testbed } from '@ecs-release/testbed'

export type Rule = Parameters<Testbed['faults']['inject']>[0]

export function objects(value: JsonValue | undefined): JsonObject[] {
  const isObject = (item: JsonValue): item is JsonObject =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** Changes every item of a list in the answers of an operation. */
export function editList(operation: string, list: string, change: (item: JsonObject) => JsonObject): Rule {
  const edit = (body: JsonObject): JsonObject => ({ ...body, [list]: objects(body[list]).map(change) })
  return { service: 'ecs', operation, fault: { kind: 'answer', change: edit } }
}

/** Changes every container in the answers of DescribeTasks. */
export function editTasks(change: (container: JsonObject) => JsonObject): Rule {
  const edit = (task: JsonObject): JsonObject => ({
    ...task,
    containers: objects(task.containers).map(change),
  })
  return editList('DescribeTasks', 'tasks', edit)
}

/** Changes every service deployment in the answers of DescribeServiceDeployments. */
export function editDeployment(change: (deployment: JsonObject) => JsonObject): Rule {
  return editList('DescribeServiceDeployments', 'serviceDeployments', change)
}

/** Lets every service deployment look as if it went on. */
export const endless: Rule = editDeployment((deployment) => ({ ...deployment, status: 'IN_PROGRESS' }))

/** Changes the registered task definition in the answers of RegisterTaskDefinition. */
export function editRegistered(change: (definition: JsonObject) => JsonObject): Rule {
  const edit = (body: JsonObject): JsonObject => ({
    ...body,
    ...Object.fromEntries(
      objects([body.taskDefinition ?? null]).map((each) => ['taskDefinition', change(each)]),
    ),
  })
  return { service: 'ecs', operation: 'RegisterTaskDefinition', fault: { kind: 'answer', change: edit } }
}
