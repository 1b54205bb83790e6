import { objectList, optionalText } from '../../wire/input.ts'
import { isObject, type JsonObject } from '../../wire/json.ts'
import { isInEcr } from '../scheduler/image-reference.ts'
import { lacksExecutionRole } from './execution-role-use.ts'
import { isFargateSize } from './fargate-size.ts'

/** The launch types that could run a definition: what DescribeTaskDefinition calls `compatibilities`. */
export function compatibilities(definition: JsonObject): string[] {
  const cpu = optionalText(definition, 'cpu')
  const memory = optionalText(definition, 'memory')
  if (definition.networkMode !== 'awsvpc') return ['EXTERNAL', 'EC2']
  const sized = cpu !== undefined && memory !== undefined && isFargateSize(cpu, memory)
  return sized && !lacksExecutionRole(definition) ? ['EC2', 'FARGATE'] : ['EC2']
}

const agent = (name: string): string => `ecs.capability.${name}`
const docker = (name: string): string => `com.amazonaws.ecs.capability.${name}`

/** Attributes that a container instance must have, as far as the testbed knows what asks for them. */
export function requiresAttributes(definition: JsonObject): JsonObject[] {
  const names = new Set([docker('docker-remote-api.1.18')])
  const add = (...more: string[]): void => more.forEach((name) => void names.add(name))
  const withRole = optionalText(definition, 'executionRoleArn') !== undefined
  if (optionalText(definition, 'taskRoleArn')) add(docker('task-iam-role'))
  if (definition.networkMode === 'awsvpc') add(agent('task-eni'))
  for (const container of objectList(definition, 'containerDefinitions')) {
    if (container.healthCheck) add(agent('container-health-check'), docker('docker-remote-api.1.24'))
    if (isObject(container.logConfiguration) && container.logConfiguration.logDriver === 'awslogs') {
      add(docker('logging-driver.awslogs'), docker('docker-remote-api.1.19'))
      if (withRole) add(agent('execution-role-awslogs'))
    }
    if (isInEcr(optionalText(container, 'image') ?? '')) {
      add(docker('ecr-auth'), docker('docker-remote-api.1.19'))
      if (withRole) add(agent('execution-role-ecr-pull'))
    }
  }
  return [...names].map((name) => ({ name }))
}
