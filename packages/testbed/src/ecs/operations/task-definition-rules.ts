import { flag, object, objectList, optionalText, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { integer } from './definition-members.ts'
import { lacksExecutionRole } from './execution-role-use.ts'
import { isFargateSize } from './fargate-size.ts'
import { clientFault } from './refusals.ts'

const nameForm = /^[A-Za-z0-9_-]{1,255}$/

/**
 * Refuses what RegisterTaskDefinition refuses, in its order: the family, each container, then the whole.
 * `definition` has its task size in CPU units and MiB already.
 */
export function checkTaskDefinition(definition: JsonObject): void {
  const family = optionalText(definition, 'family')
  if (!family) throw clientFault('Family should not be null or empty.')
  if (!nameForm.test(family)) throw clientFault('Family contains invalid characters.')
  const containers = objectList(definition, 'containerDefinitions')
  if (containers.length === 0) throw clientFault('Container list cannot be empty.')
  for (const container of containers) checkContainer(definition, container)
  checkTogether(definition, containers)
  checkSecrets(definition, containers)
  if (textList(definition, 'requiresCompatibilities').includes('FARGATE')) checkFargate(definition)
}

function checkContainer(definition: JsonObject, container: JsonObject): void {
  const name = optionalText(container, 'name')
  if (!name) throw clientFault('Container.name should not be null or empty.')
  if (!nameForm.test(name)) throw clientFault('Container.name contains invalid characters.')
  if (!optionalText(container, 'image')) throw clientFault('Container.image should not be null or empty.')
  const memory = integer(container, 'memory')
  const taskMemory = optionalText(definition, 'memory')
  if (
    taskMemory === undefined &&
    memory === undefined &&
    integer(container, 'memoryReservation') === undefined
  ) {
    const wanted = `At least one of 'memory' or 'memoryReservation' must be specified.`
    throw clientFault(`Invalid setting for container '${name}'. ${wanted}`)
  }
  if (taskMemory !== undefined && (memory ?? 0) > Number(taskMemory)) {
    throw clientFault(`The 'memory' setting for container '${name}' is greater than for the task.`)
  }
  checkPorts(definition, container)
  checkLogging(container)
  checkSecretNames(container)
}

/** A task gets its secrets as environment variables, so that one name cannot be both. */
function checkSecretNames(container: JsonObject): void {
  const secrets = objectList(container, 'secrets').map(({ name }) => name)
  const taken = [...secrets, ...objectList(container, 'environment').map(({ name }) => name)]
  const shared = secrets.find((name) => taken.indexOf(name) !== taken.lastIndexOf(name))
  if (shared === undefined) return
  const rule = 'The secret name must be unique and not shared with any new or existing environment variables'
  throw clientFault(`${rule} set on the container, such as '${String(shared)}'.`)
}

function checkPorts(definition: JsonObject, container: JsonObject): void {
  for (const mapping of objectList(container, 'portMappings')) {
    const port = integer(mapping, 'containerPort')
    const hostPort = integer(mapping, 'hostPort')
    if (port !== undefined && (port < 1 || port > 65_535)) throw clientFault('Invalid container port.')
    if (definition.networkMode === 'awsvpc' && (hostPort ?? port) !== port) {
      throw clientFault(
        'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
      )
    }
  }
}

function checkLogging(container: JsonObject): void {
  const logging = object(container, 'logConfiguration') ?? {}
  if (logging.logDriver !== 'awslogs') return
  const options = object(logging, 'options') ?? {}
  const lacking = ['awslogs-region', 'awslogs-group'].filter((name) => !options[name])
  if (lacking.length > 0) throw clientFault(`Log driver awslogs requires options: ${lacking.join(', ')}`)
}

function checkTogether(definition: JsonObject, containers: readonly JsonObject[]): void {
  const names = containers.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw clientFault(`Container names must be unique. Duplicate name: ${String(twice)}`)
  if (containers.every((container) => flag(container, 'essential') === false)) {
    throw clientFault('At least one container in the task definition must be essential.')
  }
  const cpu = optionalText(definition, 'cpu')
  const sum = containers.reduce((total, container) => total + (integer(container, 'cpu') ?? 0), 0)
  if (cpu !== undefined && sum > Number(cpu)) {
    throw clientFault(
      `The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.`,
    )
  }
}

/** Somebody has to fetch them: the execution role. */
function checkSecrets(definition: JsonObject, containers: readonly JsonObject[]): void {
  const withSecrets = containers.some((container) => objectList(container, 'secrets').length > 0)
  if (!withSecrets || optionalText(definition, 'executionRoleArn')) return
  throw clientFault(
    `When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.`,
  )
}

function checkFargate(definition: JsonObject): void {
  if (definition.networkMode !== 'awsvpc') throw clientFault('Fargate only supports network mode ‘awsvpc’.')
  const cpu = optionalText(definition, 'cpu')
  const memory = optionalText(definition, 'memory')
  if (cpu === undefined) throw clientFault(`Fargate requires that 'cpu' be defined at the task level.`)
  if (memory === undefined) throw clientFault(`Fargate requires that 'memory' be defined at the task level.`)
  if (!isFargateSize(cpu, memory)) {
    const given = `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`
    throw clientFault(`${given} See the Amazon ECS documentation for the valid values.`)
  }
  const use = lacksExecutionRole(definition)
  if (use !== undefined) {
    throw clientFault(`Fargate requires task definition to have execution role ARN to support ${use}.`)
  }
}
