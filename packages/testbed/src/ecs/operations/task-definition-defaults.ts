import { object, objectList, optionalText, textList } from '../../wire/input.ts'
import type { JsonObject, JsonValue } from '../../wire/json.ts'
import { answeredOrder } from './answered-order.ts'
import { checkContainerMembers } from './definition-members.ts'
import { taskSize } from './fargate-size.ts'

/** Leaves out null members: to AWS a null is an absent member. */
export function withoutNulls(input: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null))
}

/**
 * A submitted definition with its types checked and its task size in the units of the answer, before any rule is applied.
 * Members without a type here stay as they came.
 */
export function readTaskDefinition(input: JsonObject): JsonObject {
  const definition = withoutNulls(input)
  for (const name of ['family', 'networkMode', 'taskRoleArn', 'executionRoleArn', 'pidMode', 'ipcMode']) {
    optionalText(definition, name)
  }
  for (const name of ['volumes', 'placementConstraints']) objectList(definition, name)
  textList(definition, 'requiresCompatibilities')
  object(definition, 'runtimePlatform')
  for (const kind of ['cpu', 'memory'] as const) {
    const size = optionalText(definition, kind)
    if (size !== undefined) definition[kind] = taskSize(kind, size)
  }
  const containers = objectList(definition, 'containerDefinitions').map(withoutNulls)
  for (const container of containers) checkContainerMembers(container)
  return { ...definition, containerDefinitions: containers }
}

/** The members that AWS adds to every definition it answers with. Source: API Reference, "ContainerDefinition", defaults. */
export function withDefaults(definition: JsonObject): JsonObject {
  const networkMode = optionalText(definition, 'networkMode')
  const containers = objectList(definition, 'containerDefinitions')
  return {
    volumes: [],
    placementConstraints: [],
    ...definition,
    containerDefinitions: containers.map((container) => containerWithDefaults(container, networkMode)),
  }
}

function containerWithDefaults(container: JsonObject, networkMode: string | undefined): JsonObject {
  const mappings = objectList(container, 'portMappings')
  const health = object(container, 'healthCheck')
  return {
    cpu: 0,
    essential: true,
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    environment: answeredOrder(objectList(container, 'environment')),
    ...(container.secrets === undefined ? {} : { secrets: answeredOrder(objectList(container, 'secrets')) }),
    portMappings: mappings.map((mapping) => portMappingWithDefaults(mapping, networkMode)),
    ...(health ? { healthCheck: { interval: 30, timeout: 5, retries: 3, ...withoutNulls(health) } } : {}),
  }
}

function portMappingWithDefaults(mapping: JsonObject, networkMode: string | undefined): JsonObject {
  const given = withoutNulls(mapping)
  // A port range has no single host port, and a bridge task gets one when it starts.
  const port: JsonValue | undefined =
    networkMode === 'awsvpc' || networkMode === 'host' ? given.containerPort : 0
  const hostPort: JsonObject =
    port === undefined || given.containerPort === undefined ? {} : { hostPort: port }
  return { ...hostPort, protocol: 'tcp', ...given }
}
