import { isObject, type JsonObject, type JsonValue } from './json.ts'
import { ServiceError } from './service-error.ts'

/*
 * Readers of a decoded request. Numbers and booleans arrive as strings in the query protocol, so these read both.
 * A null counts as absent, as it does for AWS.
 */

/** A request that does not fit the operation's model, found before the operation runs. The query protocol spells it `ValidationError`. */
export class InputError extends ServiceError {}

function given(input: JsonObject, name: string): JsonValue | undefined {
  return input[name] ?? undefined
}

function wrongShape(value: JsonValue, wanted: string): InputError {
  const found = Array.isArray(value)
    ? 'START_ARRAY'
    : isObject(value)
      ? 'START_OBJECT'
      : `${typeof value}_VALUE`.toUpperCase()
  return new InputError('SerializationException', `${found} can not be converted to ${wanted}`)
}

/** Throws the answer for a required member that is missing. */
export function required<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value
  const constraint = 'failed to satisfy constraint: Member must not be null'
  throw new InputError(
    'InvalidParameterException',
    `1 validation error detected: Value null at '${name}' ${constraint}`,
  )
}

/** A string member, or undefined when absent. */
export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = given(input, name)
  if (value === undefined || typeof value === 'string') return value
  throw wrongShape(value, 'String')
}

/** A string member that must be there. */
export function text(input: JsonObject, name: string): string {
  return required(optionalText(input, name), name)
}

/** An integer member, or undefined when absent. */
export function wholeNumber(input: JsonObject, name: string): number | undefined {
  const value = given(input, name)
  if (value === undefined || Number.isSafeInteger(value)) return value === undefined ? value : Number(value)
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value)
  throw wrongShape(value, 'Integer')
}

/** A boolean member, or undefined when absent. */
export function flag(input: JsonObject, name: string): boolean | undefined {
  const value = given(input, name)
  if (value === undefined || typeof value === 'boolean') return value
  if (value === 'true' || value === 'false') return value === 'true'
  throw wrongShape(value, 'Boolean')
}

/** A structure, or undefined when absent. */
export function object(input: JsonObject, name: string): JsonObject | undefined {
  const value = given(input, name)
  if (value === undefined || isObject(value)) return value
  throw wrongShape(value, 'Structure')
}

/** A list; empty when absent. The query protocol writes an empty list as an empty string. */
export function list(input: JsonObject, name: string): JsonValue[] {
  const value = given(input, name)
  if (value === undefined || value === '') return []
  if (Array.isArray(value)) return value
  throw wrongShape(value, 'List')
}

/** A list of strings; empty when absent. */
export function textList(input: JsonObject, name: string): string[] {
  return list(input, name).map((value) => {
    if (typeof value === 'string') return value
    throw wrongShape(value, 'String')
  })
}

/** A list of structures; empty when absent. */
export function objectList(input: JsonObject, name: string): JsonObject[] {
  return list(input, name).map((value) => {
    if (isObject(value)) return value
    throw wrongShape(value, 'Structure')
  })
}
