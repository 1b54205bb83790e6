/** The part of IAM's policy language that a role's trust policy for OIDC tokens can use; anything else is an error here. */
import { conditionHolds } from './condition.ts'

/** Values by the names of condition keys, such as `token.actions.githubusercontent.com:sub`. */
export type Context = Readonly<Record<string, string>>

/** A call of AssumeRoleWithWebIdentity with a token whose signature STS has verified. */
export interface WebIdentity {
  /** ARN of the OIDC provider that issued the token. */
  provider: string
  context: Context
}

export type Decision = 'allowed' | 'denied explicitly' | 'not allowed'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const ACTION = 'sts:AssumeRoleWithWebIdentity'
const known = new Set(['Sid', 'Effect', 'Action', 'Principal', 'Condition'])

/**
 * Whether a trust policy lets the token's bearer have the role. A Deny that applies wins, then an Allow, and without one
 * nothing is allowed. Rules: IAM User Guide, "Policy evaluation logic" and "JSON policy element reference".
 */
export function evaluateTrust(policy: string, identity: WebIdentity): Decision {
  const statements = list(record(JSON.parse(policy)).Statement).map(record)
  const effects = statements.filter((statement) => applies(statement, identity)).map(({ Effect }) => Effect)
  if (effects.includes('Deny')) return 'denied explicitly'
  return effects.includes('Allow') ? 'allowed' : 'not allowed'
}

function applies(statement: Record<string, Json>, { provider, context }: WebIdentity): boolean {
  for (const element of Object.keys(statement)) {
    if (!known.has(element)) throw new Error(`the element ${element} is not evaluated`)
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')
    throw new Error('a statement without an effect')
  if (!strings(statement.Action).some(isAction)) return false
  return (
    isPrincipal(statement.Principal ?? null, provider) &&
    conditionHolds(record(statement.Condition ?? {}), context)
  )
}

/** Names of actions are compared without case, and may hold wildcards. */
function isAction(pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 'i').test(ACTION)
}

/** A principal is a whole ARN; a wildcard stands only for everybody. */
function isPrincipal(principal: Json, provider: string): boolean {
  if (principal === '*') return true
  const { Federated, ...others } = record(principal)
  const unknown = Object.keys(others).find((kind) => !['AWS', 'Service', 'CanonicalUser'].includes(kind))
  if (unknown !== undefined) throw new Error(`the principal ${unknown} is not evaluated`)
  return Federated !== undefined && strings(Federated).some((value) => value === provider || value === '*')
}

function record(value: Json | undefined): Record<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('expected a JSON object')
  return value
}

/** IAM takes a single value wherever it takes a list. */
function list(value: Json | undefined): Json[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function strings(value: Json | undefined): string[] {
  return list(value).map((entry) => {
    if (typeof entry !== 'string') throw new Error(`expected text, got ${JSON.stringify(entry)}`)
    return entry
  })
}
