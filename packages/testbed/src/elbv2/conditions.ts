import { object, objectList, required, textList } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { invalid, notModelled } from './errors.ts'
import { oneOf } from './fields.ts'
import type { Condition } from './model.ts'

const fields = [
  'path-pattern',
  'host-header',
  'http-header',
  'http-request-method',
  'query-string',
  'source-ip',
] as const
const configOf = { 'path-pattern': 'PathPatternConfig', 'host-header': 'HostHeaderConfig' } as const

function readCondition(input: JsonObject): Condition {
  const field = required(oneOf(input, 'Field', fields), 'field')
  if (field !== 'path-pattern' && field !== 'host-header') throw notModelled(`conditions on ${field}`)
  const configured = textList(object(input, configOf[field]) ?? {}, 'Values')
  const plain = textList(input, 'Values')
  if (configured.length > 0 && plain.length > 0) {
    throw invalid(`A condition on '${field}' cannot have both Values and ${configOf[field]}`)
  }
  const values = configured.length > 0 ? configured : plain
  if (values.length === 0) throw invalid(`A condition value must be specified for '${field}'`)
  const tooLong = values.find((value) => value.length > 128 || value === '')
  if (tooLong !== undefined) throw invalid(`Condition value '${tooLong}' must have 1 to 128 characters`)
  return { field, values }
}

/** The conditions of a rule; at least one. Source: API reference, RuleCondition. */
export function readConditions(input: JsonObject): Condition[] {
  const conditions = objectList(input, 'Conditions').map(readCondition)
  if (conditions.length === 0) throw invalid('A condition must be specified')
  return conditions
}

function matches(pattern: string, value: string): boolean {
  const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(value)
}

/** Paths are compared with case, host names without; `*` and `?` are wildcards. */
export function meets(condition: Condition, request: { path: string; host: string }): boolean {
  return condition.values.some((pattern) =>
    condition.field === 'path-pattern'
      ? matches(pattern, request.path)
      : matches(pattern.toLowerCase(), request.host.toLowerCase()),
  )
}

export function conditionView({ field, values }: Condition): JsonObject {
  return { Field: field, Values: values, [configOf[field]]: { Values: values } }
}
