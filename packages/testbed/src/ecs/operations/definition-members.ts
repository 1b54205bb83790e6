import { flag, object, objectList, optionalText, textList } from '../../wire/input.ts'
import { isObject, type JsonObject, type JsonValue } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'

/** An integer of a JSON request. Unlike other services ECS takes no number in quotes: seen when tools sent one. */
export function integer(input: JsonObject, name: string): number | undefined {
  const value = input[name] ?? undefined
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value))) return value
  const found = Array.isArray(value) ? 'START_ARRAY' : isObject(value) ? 'START_OBJECT' : kindOf(value)
  throw new ServiceError('SerializationException', `${found} cannot be converted to Integer`)
}

function kindOf(value: JsonValue): string {
  if (typeof value === 'number') return 'DECIMAL_VALUE'
  return typeof value === 'string' ? 'STRING_VALUE' : `${String(value).toUpperCase()}_VALUE`
}

/** Reads every member of a container definition that ECS has a type for. Throws for the first that differs. */
export function checkContainerMembers(container: JsonObject): void {
  const texts = ['name', 'image', 'user', 'workingDirectory', 'hostname', 'versionConsistency']
  const integers = ['cpu', 'memory', 'memoryReservation', 'startTimeout', 'stopTimeout']
  const flags = ['essential', 'privileged', 'readonlyRootFilesystem', 'interactive', 'pseudoTerminal']
  const lists = ['mountPoints', 'volumesFrom', 'dependsOn', 'ulimits', 'systemControls', 'environmentFiles']
  for (const name of texts) optionalText(container, name)
  for (const name of integers) integer(container, name)
  for (const name of flags) flag(container, name)
  for (const name of ['command', 'entryPoint', 'links']) textList(container, name)
  for (const name of lists) objectList(container, name)
  for (const pair of objectList(container, 'environment')) checkTexts(pair, ['name', 'value'])
  for (const secret of objectList(container, 'secrets')) checkTexts(secret, ['name', 'valueFrom'])
  for (const mapping of objectList(container, 'portMappings')) {
    for (const name of ['containerPort', 'hostPort']) integer(mapping, name)
    checkTexts(mapping, ['protocol', 'name', 'appProtocol'])
  }
  const health = object(container, 'healthCheck') ?? {}
  textList(health, 'command')
  for (const name of ['interval', 'timeout', 'retries', 'startPeriod']) integer(health, name)
  const logging = object(container, 'logConfiguration') ?? {}
  optionalText(logging, 'logDriver')
  const options = object(logging, 'options') ?? {}
  checkTexts(options, Object.keys(options))
}

function checkTexts(input: JsonObject, names: readonly string[]): void {
  for (const name of names) optionalText(input, name)
}
