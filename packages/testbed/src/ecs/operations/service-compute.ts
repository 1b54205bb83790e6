import { objectList, optionalText, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { TaskDefinition } from '../model.ts'
import { isFargate } from '../views/compute-view.ts'
import { invalidParameter, notModelled } from './refusals.ts'

/** How a CreateService request wants its tasks run: `launchType`, or `capacityProviderStrategy` where it gives one. */
export function readCompute(input: JsonObject, taskDefinition: TaskDefinition): JsonObject {
  const strategy = objectList(input, 'capacityProviderStrategy')
  const launchType = optionalText(input, 'launchType')
  if (launchType !== undefined && strategy.length > 0) {
    throw invalidParameter('Specify either Launch Type or Capacity Provider Strategy, but not both.')
  }
  if (strategy.length > 0) return checked({ capacityProviderStrategy: strategy }, taskDefinition)
  if (launchType === 'EXTERNAL') throw notModelled('launch type EXTERNAL')
  if (launchType !== undefined && !['EC2', 'FARGATE'].includes(launchType)) {
    throw invalidParameter('Invalid launch type.')
  }
  return checked({ launchType: launchType ?? 'EC2' }, taskDefinition)
}

function checked(compute: JsonObject, taskDefinition: TaskDefinition): JsonObject {
  checkCompatibility(compute, taskDefinition)
  return compute
}

/** A Fargate service takes only definitions that Fargate can run; see `compatibilities` of the definition. */
export function checkCompatibility(compute: JsonObject, taskDefinition: TaskDefinition): void {
  if (!isFargate(compute)) return
  if (textList(taskDefinition.raw, 'compatibilities').includes('FARGATE')) return
  throw invalidParameter('Task definition does not support launch_type FARGATE.')
}

/** Refuses what the testbed has no scheduler for. */
export function checkScheduling(input: JsonObject): void {
  const strategy = optionalText(input, 'schedulingStrategy') ?? 'REPLICA'
  if (strategy === 'DAEMON') throw notModelled('scheduling strategy DAEMON')
  if (strategy !== 'REPLICA') throw invalidParameter('Invalid scheduling strategy.')
}
