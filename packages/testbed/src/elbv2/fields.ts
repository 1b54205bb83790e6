import { optionalText, text, wholeNumber } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { constraint, invalid } from './errors.ts'

/** A whole number within its range, or undefined when absent. */
export function numberWithin(
  input: JsonObject,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const value = wholeNumber(input, name)
  if (value === undefined) return undefined
  if (value < least) {
    throw constraint(name, `${value}`, `Member must have value greater than or equal to ${least}`)
  }
  if (value > most) throw constraint(name, `${value}`, `Member must have value less than or equal to ${most}`)
  return value
}

/** One of the values of an enum, or undefined when absent. */
export function oneOf<T extends string>(
  input: JsonObject,
  name: string,
  values: readonly T[],
): T | undefined {
  const value = optionalText(input, name)
  if (value === undefined) return undefined
  const found = values.find((one) => one === value)
  if (found !== undefined) return found
  throw constraint(name, value, `Member must satisfy enum value set: [${values.join(', ')}]`)
}

/**
 * A resource name: at most 32 alphanumerics and hyphens, no hyphen at either end.
 * Source: API reference, CreateLoadBalancer and CreateTargetGroup.
 */
export function resourceName(input: JsonObject, kind: 'Load balancer' | 'Target group'): string {
  const name = text(input, 'Name')
  if (name === '') throw invalid(`${kind} name cannot be empty`)
  if (name.length > 32) throw invalid(`${kind} name '${name}' cannot be longer than '32' characters`)
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    throw invalid(
      `${kind} name '${name}' can only contain characters that are alphanumeric characters or hyphens(-)`,
    )
  }
  if (/^-|-$/.test(name)) throw invalid(`${kind} name '${name}' cannot begin or end with a hyphen(-)`)
  return name
}

/** At most one of several ways to name resources may be used. Returns whether any is. */
export function atMostOne(input: JsonObject, names: readonly string[]): boolean {
  const given = names.filter((name) => input[name] !== undefined && input[name] !== null)
  if (given.length > 1) throw invalid(`Only one of ${given.join(', ')} can be specified`)
  return given.length === 1
}
