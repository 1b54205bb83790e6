/**
 * Reads environment variables and collects what is wrong with them, so that one line can name every mistake.
 */
export interface Environment {
  /** `undefined` when the variable is absent. */
  text(name: string): string | undefined
  number(name: string, range: NumberRange): number
  /** `undefined` when the variable is absent. */
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined
  /** One sentence for each bad value met so far, each starting with the variable's name. */
  readonly problems: readonly string[]
}

export interface NumberRange {
  fallback: number
  min: number
  max: number
  whole?: boolean
}

/** An empty variable counts as absent: task definitions and compose files often carry empty ones. */
export function environment(variables: NodeJS.ProcessEnv): Environment {
  const problems: string[] = []
  const read = (name: string): string | undefined => variables[name]?.trim() || undefined

  return {
    problems,
    text: read,
    number(name, range) {
      const value = read(name)
      if (value === undefined) return range.fallback
      if (isWithin(value, range)) return Number(value)
      const kind = range.whole ? 'a whole number' : 'a number'
      problems.push(
        `${name}: expected ${kind} from ${range.min} to ${range.max}, got ${JSON.stringify(value)}`,
      )
      return range.fallback
    },
    oneOf(name, values) {
      const value = read(name)
      const known = values.find((candidate) => candidate === value)
      if (value !== undefined && known === undefined) {
        problems.push(`${name}: expected ${values.join(' or ')}, got ${JSON.stringify(value)}`)
      }
      return known
    },
  }
}

/** Plain decimals only: Number() alone would also take 0x1F, 1e3 and Infinity. */
function isWithin(value: string, { min, max, whole = false }: NumberRange): boolean {
  const form = whole ? /^\d+$/ : /^\d+(\.\d+)?$/
  return form.test(value) && Number(value) >= min && Number(value) <= max
}
