import type { JsonObject, JsonValue, Testbed } from '@ecs-release/testbed'

type Rule = Parameters<Testbed['faults']['inject']>[0]

function objects(value: JsonValue | undefined): JsonObject[] {
  const isObject = (item: JsonValue): item is JsonObject =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** Changes every container in the answers of DescribeTasks. */
export function editTasks(change: (container: JsonObject) => JsonObject): Rule {
  const edit = (body: JsonObject): JsonObject => ({
    ...body,
    tasks: objects(body.tasks).map((task) => ({ ...task, containers: objects(task.containers).map(change) })),
  })
  return { service: 'ecs', operation: 'DescribeTasks', fault: { kind: 'answer', change: edit } }
}

/** Changes every service deployment in the answers of DescribeServiceDeployments. */
export function editDeployment(change: (deployment: JsonObject) => JsonObject): Rule {
  const edit = (body: JsonObject): JsonObject => ({
    ...body,
    serviceDeployments: objects(body.serviceDeployments).map(change),
  })
  return { service: 'ecs', operation: 'DescribeServiceDeployments', fault: { kind: 'answer', change: edit } }
}

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
