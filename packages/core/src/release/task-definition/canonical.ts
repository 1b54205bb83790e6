import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonObject, type JsonValue } from '../../aws/json.ts'
import { withoutReadOnly } from './read-only.ts'
import { withRolesAs } from './role.ts'

/** Lists whose order says nothing and which Amazon ECS answers in an order of its own. */
export const unordered: ReadonlySet<string> = new Set([
  'environment',
  'secrets',
  'secretOptions',
  'tags',
  'requiresCompatibilities',
  'add',
  'drop',
])

/**
 * Whether two task definitions say the same to Amazon ECS. Both are brought into the form in which defaults that
 * RegisterTaskDefinition fills in are left out; a difference that we do not know to be such a default counts.
 */
export function sameTaskDefinition(one: JsonObject, other: JsonObject): boolean {
  return isDeepStrictEqual(canonicalTaskDefinition(withRolesAs(one, other)), canonicalTaskDefinition(other))
}

/** A top-level cpu or memory in the form of the answer: `1 vCPU` → `1024`, `2 GB` → `2048`, 512 → `512`. */
export function taskSize(value: string | number): string {
  const text = String(value).trim()
  const withUnit = /^([0-9.]+)\s*(?:vcpu|gb)$/i.exec(text)
  return withUnit?.[1] === undefined ? text : String(Math.round(Number(withUnit[1]) * 1024))
}

/** The task definition without read-only attributes, empty members and defaults that AWS fills in; for comparing only. */
export function canonicalTaskDefinition(definition: JsonObject): JsonObject {
  const { cpu, memory, containerDefinitions, ...rest } = withoutReadOnly(definition)
  const sizes = Object.entries({ cpu, memory }).flatMap(([member, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[member, taskSize(value)]] : [],
  )
  const containers = Array.isArray(containerDefinitions) ? containerDefinitions : []
  const tidied = tidy('', {
    ...rest,
    ...Object.fromEntries(sizes),
    containerDefinitions: containers
      .filter(isJsonObject)
      .map((each) => withoutDefaults(each, rest.networkMode)),
  })
  return isJsonObject(tidied) ? tidied : {}
}

function withoutDefaults(container: JsonObject, networkMode: JsonValue | undefined): JsonObject {
  const { cpu, essential, portMappings, healthCheck, ...rest } = container
  return {
    ...rest,
    ...(cpu === undefined || cpu === 0 ? {} : { cpu }),
    ...(essential === false ? { essential } : {}),
    portMappings: Array.isArray(portMappings)
      ? portMappings.filter(isJsonObject).map((each) => portMapping(each, networkMode))
      : [],
    healthCheck: isJsonObject(healthCheck) ? { interval: 30, timeout: 5, retries: 3, ...healthCheck } : null,
  }
}

/**
 * hostPort is filled in: the container's in awsvpc and host mode, 0 (any) in the others, of which bridge is the default. There the
 * container's own port is a port like any other. Source: API reference, PortMapping, `hostPort`.
 */
function portMapping({ hostPort, ...mapping }: JsonObject, networkMode: JsonValue | undefined): JsonObject {
  const same = (networkMode === 'awsvpc' || networkMode === 'host') && hostPort === mapping.containerPort
  const filledIn = hostPort === undefined || hostPort === 0 || same
  return { protocol: 'tcp', ...mapping, ...(filledIn ? {} : { hostPort }) }
}

/** Leaves out null and what is empty, and sorts lists without order. */
function tidy(member: string, value: JsonValue): JsonValue | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) {
    const items = value.map((item) => tidy('', item) ?? {})
    if (items.length === 0) return undefined
    return unordered.has(member) ? items.toSorted(byText) : items
  }
  if (!isJsonObject(value)) return value
  const members = Object.keys(value)
    .toSorted()
    .flatMap((name) => {
      const kept = tidy(name, value[name] ?? null)
      return kept === undefined ? [] : [[name, kept] as const]
    })
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

function byText(one: JsonValue, other: JsonValue): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1
}
