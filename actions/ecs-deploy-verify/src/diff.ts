import {
  canonicalTaskDefinition,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  withRolesAs,
} from '@ecs-release/core'

/** Texts that are worth seeing and hold no secrets. Every other text is named only: a command or a log option can hold one. */
const shown: ReadonlySet<string> = new Set([
  'image',
  'cpu',
  'memory',
  'family',
  'networkMode',
  'taskRoleArn',
  'executionRoleArn',
  'cpuArchitecture',
  'operatingSystemFamily',
])

/**
 * What differs between two task definitions, one line each: `+ path` for new, `- path` for gone, `~ path` for changed.
 * Containers, variables and secrets are named in the path. Values of variables never appear.
 */
export function taskDefinitionDiff(before: JsonObject, after: JsonObject): string[] {
  const old = leavesOf(before)
  const fresh = leavesOf(withRolesAs(after, before))
  return [...new Set([...old.keys(), ...fresh.keys()])].toSorted().flatMap((path) => {
    const was = old.get(path)
    const is = fresh.get(path)
    if (was === is) return []
    if (was === undefined) return [`+ ${path}${show(path, is, ': ')}`]
    if (is === undefined) return [`- ${path}${show(path, was, ': ')}`]
    const [from, to] = [show(path, was, ''), show(path, is, '')]
    return [from === '' ? `~ ${path}` : `~ ${path}: ${from} → ${to}`]
  })
}

function leavesOf(definition: JsonObject): Map<string, string> {
  const found = new Map<string, string>()
  collect('', canonicalTaskDefinition(definition), found)
  return found
}

function collect(path: string, value: JsonValue, found: Map<string, string>): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(`${path}[${keyOf(item) ?? index}]`, item, found)
  } else if (isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'name' && path.endsWith(`[${String(inner)}]`)) continue
      collect(path === '' ? name : `${path}.${name}`, inner, found)
    }
  } else {
    found.set(path, JSON.stringify(value))
  }
}

function keyOf(item: JsonValue): string | undefined {
  return isJsonObject(item) && typeof item.name === 'string' ? item.name : undefined
}

function show(path: string, json: string | undefined, prefix: string): string {
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (json === undefined || !shown.has(name) || /\.(environment|secrets)\[/.test(path)) return ''
  return `${prefix}${JSON.parse(json)}`
}
