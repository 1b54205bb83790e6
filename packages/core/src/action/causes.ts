import { inspect } from 'node:util'

const DEEPEST = 10

/** Any thrown thing as text of its own, without the causes behind it. */
export function thrownText(thrown: unknown): string {
  if (!(thrown instanceof Error)) {
    return typeof thrown === 'string'
      ? thrown
      : inspect(thrown, { depth: 1, breakLength: Infinity }).slice(0, 300)
  }
  const facts = [
    fact(thrown, 'code'),
    fact(Reflect.get(thrown, '$metadata'), 'httpStatusCode'),
    fact(Reflect.get(thrown, '$metadata'), 'requestId'),
  ]
  const known = facts.flatMap((one) => one ?? [])
  return `${thrown.name}: ${thrown.message}${known.length > 0 ? ` (${known.join(', ')})` : ''}`
}

/** What lies behind a thrown thing, the nearest first: its cause, that one's cause and so on, members of an AggregateError included. */
export function causes(thrown: unknown): string[] {
  const found: string[] = []
  const seen = new Set<unknown>([thrown])
  let level = behind(thrown)
  for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
    const fresh = level.filter((cause) => !seen.has(cause))
    for (const cause of fresh) seen.add(cause)
    found.push(...fresh.map(thrownText))
    level = fresh.flatMap(behind)
  }
  return found
}

function behind(thrown: unknown): unknown[] {
  if (!(thrown instanceof Error)) return []
  const members: unknown[] = thrown instanceof AggregateError ? thrown.errors : []
  return thrown.cause === undefined ? members : [thrown.cause, ...members]
}

function fact(holder: unknown, name: string): string | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined
  const value: unknown = Reflect.get(holder, name)
  return typeof value === 'string' || typeof value === 'number' ? `${name} ${value}` : undefined
}
