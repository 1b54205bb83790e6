/** Values by the names of condition keys. */
type Context = Readonly<Record<string, string>>

type Compare = (actual: string, value: string) => boolean

const operators: Readonly<Record<string, { compare: Compare; negated: boolean }>> = {
  StringEquals: { compare: (actual, value) => actual === value, negated: false },
  StringNotEquals: { compare: (actual, value) => actual === value, negated: true },
  StringEqualsIgnoreCase: {
    compare: (actual, value) => actual.toLowerCase() === value.toLowerCase(),
    negated: false,
  },
  StringNotEqualsIgnoreCase: {
    compare: (actual, value) => actual.toLowerCase() === value.toLowerCase(),
    negated: true,
  },
  StringLike: { compare: like, negated: false },
  StringNotLike: { compare: like, negated: true },
}

/**
 * Whether a Condition block holds: every operator and every key in it has to. Of one key's values one has to match, and
 * of a negated operator's none may. A key that the request lacks fails, but for a negated operator and for …IfExists.
 * Rules: IAM User Guide, "Condition operators" and "Multiple values". Operators that are not known throw.
 */
export function conditionHolds(condition: Readonly<Record<string, unknown>>, context: Context): boolean {
  return Object.entries(condition).every(([name, keys]) => {
    const ifExists = name.endsWith('IfExists')
    const operator = operators[name.replace(/IfExists$/, '')]
    if (operator === undefined || typeof keys !== 'object' || keys === null)
      throw new Error(`the operator ${name} is not evaluated`)
    return Object.entries(keys).every(([key, values]) =>
      holds(operator, lookUp(context, key), valuesOf(values), ifExists),
    )
  })
}

function holds(
  { compare, negated }: { compare: Compare; negated: boolean },
  actual: string | undefined,
  values: string[],
  ifExists: boolean,
): boolean {
  if (actual === undefined) return negated || ifExists
  return values.some((value) => compare(actual, value)) !== negated
}

/** Names of condition keys are compared without case; their values are not. */
function lookUp(context: Context, key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
}

function valuesOf(values: unknown): string[] {
  return (Array.isArray(values) ? values : [values]).map((value) => {
    if (typeof value !== 'string')
      throw new Error(`expected text to compare with, got ${JSON.stringify(value)}`)
    // A policy variable takes its value from the request, which is not modelled here.
    if (value.includes('${')) throw new Error(`the policy variable in ${value} is not evaluated`)
    return value
  })
}

/** `*` stands for any number of characters and `?` for one, a colon or slash among them; case matters. */
function like(actual: string, pattern: string): boolean {
  const expression = [...pattern].map((sign) =>
    sign === '*' ? '[^]*' : sign === '?' ? '[^]' : sign.replace(/[.+^${}()|[\]\\/]/, '\\$&'),
  )
  return new RegExp(`^${expression.join('')}$`, 'u').test(actual)
}
