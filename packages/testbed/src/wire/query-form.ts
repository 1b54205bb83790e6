import type { JsonObject, JsonValue } from './json.ts'

/*
 * The request form of the query protocol: `A.member.1.B=x` is a list of structures, `A.entry.1.key=k` with
 * `A.entry.1.value=v` a map (SNS also writes `.Name` and `.Value`), `A=` an empty list. All scalars are text.
 */

type Node = string | Map<string, Node>

function insert(root: Map<string, Node>, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    root.set(name, value)
    return
  }
  const existing = root.get(name)
  const child = existing instanceof Map ? existing : new Map<string, Node>()
  root.set(name, child)
  insert(child, rest, value)
}

/** The items of `1`, `2`, … in the order of their numbers, whatever the order in the form; undefined when it is no list. */
function numbered(node: Node | undefined): Node[] | undefined {
  if (!(node instanceof Map)) return undefined
  const entries = [...node]
  if (!entries.every(([index]) => /^[1-9]\d*$/.test(index))) return undefined
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item)
}

function mapEntry(entry: Node): [string, JsonValue] {
  if (!(entry instanceof Map)) return ['', entry]
  const key = entry.get('key') ?? entry.get('Name') ?? ''
  return [typeof key === 'string' ? key : '', toJson(entry.get('value') ?? entry.get('Value') ?? '')]
}

function toJson(node: Node): JsonValue {
  if (typeof node === 'string') return node
  const members = node.size === 1 ? numbered(node.get('member')) : undefined
  if (members) return members.map(toJson)
  const entries = node.size === 1 ? numbered(node.get('entry')) : undefined
  if (entries) return Object.fromEntries(entries.map(mapEntry))
  return Object.fromEntries([...node].map(([name, child]) => [name, toJson(child)]))
}

/** Decodes a form body; `Action` and `Version`, which only route, are left out. */
export function decodeForm(body: string): JsonObject {
  const root = new Map<string, Node>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (name !== 'Action' && name !== 'Version') insert(root, name.split('.'), value)
  }
  return Object.fromEntries([...root].map(([name, node]) => [name, toJson(node)]))
}
