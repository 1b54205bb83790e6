export type ExpressionValue = string | number | boolean | null

/** What an expression can refer to. */
export interface Scope {
  /** `github.event.number` as `['github', 'event', 'number']`; null for what does not exist. */
  lookup(path: readonly string[]): ExpressionValue
  /** By lower-case name, without arguments. */
  functions: Readonly<Record<string, () => ExpressionValue>>
}

/** Replaces each `${{ expression }}` in a text. */
export function interpolate(template: string, scope: Scope): string {
  return template.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => textOf(evaluate(expression, scope)))
}

/** Whether a condition such as `pre-if` holds; the braces may be left out. */
export function holds(condition: string, scope: Scope): boolean {
  const bare = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition
  return isTrue(evaluate(bare, scope))
}

const token =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?)|(?<name>[a-z_][\w-]*(?:\.[a-z_][\w-]*)*)|(?<mark>&&|\|\||==|!=|[!()]))/iy

/**
 * Evaluates the part of GitHub's expression language that defaults and conditions of actions use: literals, contexts,
 * status functions, `! == != && ||` and parentheses. Throws for anything else.
 * Source: GitHub Docs, "Evaluate expressions in workflows and actions".
 */
export function evaluate(expression: string, scope: Scope): ExpressionValue {
  const reading = { expression, scope, tokens: tokensOf(expression), at: 0 }
  const value = readOr(reading)
  if (reading.at < reading.tokens.length) throw unsupported(expression)
  return value
}

type Token = Partial<Record<string, string>>

interface Reading {
  expression: string
  scope: Scope
  tokens: Token[]
  at: number
}

function accept(reading: Reading, mark: string): boolean {
  const accepted = reading.tokens[reading.at]?.mark === mark
  if (accepted) reading.at++
  return accepted
}

function readOr(reading: Reading): ExpressionValue {
  let left = readAnd(reading)
  while (accept(reading, '||')) {
    const right = readAnd(reading)
    left = isTrue(left) ? left : right
  }
  return left
}

function readAnd(reading: Reading): ExpressionValue {
  let left = readEquality(reading)
  while (accept(reading, '&&')) {
    const right = readEquality(reading)
    left = isTrue(left) ? right : left
  }
  return left
}

function readEquality(reading: Reading): ExpressionValue {
  let left = readNot(reading)
  for (;;) {
    if (accept(reading, '==')) left = isEqual(left, readNot(reading))
    else if (accept(reading, '!=')) left = !isEqual(left, readNot(reading))
    else return left
  }
}

function readNot(reading: Reading): ExpressionValue {
  return accept(reading, '!') ? !isTrue(readNot(reading)) : readValue(reading)
}

function readValue(reading: Reading): ExpressionValue {
  if (accept(reading, '(')) return closed(reading, readOr(reading))
  const { text, number, name } = reading.tokens[reading.at++] ?? {}
  if (text !== undefined) return text.slice(1, -1).replaceAll("''", "'")
  if (number !== undefined) return Number(number)
  if (name === undefined) throw unsupported(reading.expression)
  if (!accept(reading, '(')) return named(name, reading.scope)
  const implementation = reading.scope.functions[name.toLowerCase()]
  if (!implementation) throw unsupported(reading.expression)
  return closed(reading, implementation())
}

function closed(reading: Reading, value: ExpressionValue): ExpressionValue {
  if (!accept(reading, ')')) throw unsupported(reading.expression)
  return value
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = []
  const text = expression.trimEnd()
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (!match?.groups) throw unsupported(expression)
    tokens.push(match.groups)
  }
  return tokens
}

function named(name: string, scope: Scope): ExpressionValue {
  const literals: Record<string, ExpressionValue> = { true: true, false: false, null: null }
  return Object.hasOwn(literals, name) ? (literals[name] ?? null) : scope.lookup(name.split('.'))
}

function isTrue(value: ExpressionValue): boolean {
  return value !== false && value !== 0 && value !== '' && value !== null
}

function isEqual(left: ExpressionValue, right: ExpressionValue): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase()
  return typeof left === typeof right ? left === right : Number(left) === Number(right)
}

function textOf(value: ExpressionValue): string {
  return value === null ? '' : String(value)
}

function unsupported(expression: string): Error {
  return new Error(`The runner does not know this expression: \${{${expression}}}`)
}
