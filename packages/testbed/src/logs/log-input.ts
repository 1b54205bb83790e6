import { InputError, optionalText, required, text, wholeNumber } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { ServiceError } from '../wire/service-error.ts'
import type { LogGroup, LogGroups } from './log-groups.ts'

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message)
}

function violated(name: string, value: unknown, constraint: string): InputError {
  const text = `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: ${constraint}`
  return new InputError('InvalidParameterException', text)
}

/** A page size between 1 and `maximum`, which is also what an absent one means. */
export function limit(input: JsonObject, maximum: number): number {
  const value = wholeNumber(input, 'limit') ?? maximum
  if (value > maximum) {
    throw violated('limit', value, `Member must have value less than or equal to ${maximum}`)
  }
  if (value < 1) throw violated('limit', value, 'Member must have value greater than or equal to 1')
  return value
}

/** A member that has to match a pattern, such as the name of a new group. */
export function matching(input: JsonObject, name: string, pattern: RegExp): string {
  const value = text(input, name)
  if (pattern.test(value)) return value
  throw violated(name, value, `Member must satisfy regular expression pattern: ${pattern.source}`)
}

/** The group that `logGroupName`, or the name or ARN in `logGroupIdentifier`, names; exactly one may be given. */
export function groupName(input: JsonObject): string {
  const name = optionalText(input, 'logGroupName')
  const identifier = optionalText(input, 'logGroupIdentifier')
  if (name !== undefined && identifier !== undefined) {
    const text = 'LogGroup name and LogGroup ARN are mutually exclusive parameters.'
    throw new ServiceError('ValidationException', text)
  }
  return name ?? required(identifier, 'logGroupName').replace(/^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/, '')
}

export function namedGroup(groups: LogGroups, input: JsonObject): LogGroup {
  return groups.group(groupName(input))
}
