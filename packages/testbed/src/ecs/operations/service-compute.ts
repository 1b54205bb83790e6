import { objectList, optionalText, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { TaskDefinition } from '../model.ts'
import { invalidParameter, notModelled } from './refusals.ts'

/** How a CreateService request wants its tasks run: `launchType`, or `capacityProviderStrategy` where it gives one. */
export function readCompute(input: JsonObject, taskDefinition: TaskDefinition): JsonObject {
  const strategy = objectList(input, 'capacityProviderStrategy')
  const launchType = optionalText(input, 'launchType')
  if (launchType !== undefined && strategy.length > 0) {
    throw invalidParameter('Specify either Launch Type or Capacity Provider Strategy, but not both.')
  }
  if (strategy.length > 0) return { capacityProviderStrategy: strategy }
  if (launchType === 'EXTERNAL') throw notModelled('launch type EXTERNAL')
  if (launchType !== undefined && !['EC2', 'FARGATE'].includes(launchType)) {
    throw invalidParameter('Invalid launch type.')
  }
  checkLaunchType(launchType ?? 'EC2', taskDefinition)
  return { launchType: launchType ?? 'EC2' }
}

/** A Fargate service takes only definitions that Fargate can run; see `compatibilities` of the definition. */
export function checkLaunchType(launchType: unknown, taskDefinition: TaskDefinition): void {
  if (launchType !== 'FARGATE') return
  if (textList(taskDefinition.raw, 'compatibilities').includes('FARGATE')) return
  throw invalidParameter('Task definition does not support launch_type FARGATE.')
}

/** Refuses what the testbed has no scheduler for. */
export function checkScheduling(input: JsonObject): void {
  const strategy = optionalText(input, 'schedulingStrategy') ?? 'REPLICA'
  if (strategy === 'DAEMON') throw notModelled('scheduling strategy DAEMON')
  if (strategy !== 'REPLICA') throw invalidParameter('Invalid scheduling strategy.')
}
