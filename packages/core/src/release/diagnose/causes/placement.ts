import { nameInArn } from '../../../aws/arn.ts'
import type { Finding } from '../../finding.ts'
import { eventsSince, ownTasks, type Scene } from '../observed.ts'
import { findingsIn, type Reason, reasonsOf } from '../reasons.ts'
import { finding } from '../texts/finding-text.ts'
import { noCapacity, taskDefinitionInactive, taskLimit } from '../texts/placement.ts'
import { subnetsOf } from './network.ts'

/**
 * Tasks for which there was no place. Mostly only an event tells, as there is no task then. What has passed is no cause: once a task was
 * launched that started, what was lacking before was there again.
 */
export function placementFailures(scene: Scene): Finding[] {
  return [
    ...lacks(scene, afterLastLaunch(scene)),
    ...findingsIn(said(scene), (reason) => inactive(scene, reason)),
  ]
}

/**
 * What a later launch seems to refute, while tasks are missing all the same: there may have been place for some and not for all, and ECS
 * does not repeat an event for hours (ecs-model 5). Explains only what nothing else does.
 */
export function lackingPlaces(scene: Scene): Finding[] {
  const { pendingTaskCount = 0, requestedTaskCount = 1, runningTaskCount = 0 } = scene.deployment ?? {}
  return runningTaskCount + pendingTaskCount < requestedTaskCount ? lacks(scene, scene) : []
}

function lacks(scene: Scene, seen: Scene): Finding[] {
  return findingsIn(said(seen), (reason) => limit(reason) ?? capacity(scene, reason))
}

function said(scene: Scene): Reason[] {
  return [...reasonsOf(scene), ...eventsSince(scene).map((text) => ({ text, container: undefined }))]
}

/** What was seen later than the launch of the last own task that has started. */
function afterLastLaunch(scene: Scene): Scene {
  const launches = ownTasks(scene).flatMap(({ createdAt, startedAt }) =>
    createdAt === undefined || startedAt === undefined ? [] : createdAt.getTime(),
  )
  const isLater = ({ createdAt }: { createdAt: Date | undefined }) =>
    createdAt === undefined || createdAt.getTime() > Math.max(...launches)
  const { service, tasks } = scene
  return {
    ...scene,
    tasks: tasks.filter(isLater),
    service: { ...service, events: service.events.filter(isLater) },
  }
}

/** Source: Developer Guide, "Amazon ECS service event messages". */
function limit({ text }: Reason): Finding | undefined {
  const { blocked, provisioning, size, tasks, vCpus } = taskLimit.cases
  if (/limit on the number of vCPUs/.test(text)) return finding(taskLimit, vCpus, {}, [text])
  if (/limit on the number of tasks/.test(text)) return finding(taskLimit, tasks, {}, [text])
  if (/requested (CPU|MEMORY) configuration is above your limit/.test(text))
    return finding(taskLimit, size, {}, [text])
  if (/provisioning capacity limit was exceeded/.test(text))
    return finding(taskLimit, provisioning, {}, [text])
  return /your account is currently blocked/.test(text) ? finding(taskLimit, blocked, {}, [text]) : undefined
}

function capacity(scene: Scene, { text }: Reason): Finding | undefined {
  const { fargate, instances } = noCapacity.cases
  if (/Capacity is unavailable at this time|RESOURCE:FARGATE/.test(text)) {
    return finding(noCapacity, fargate, { subnets: subnetsOf(scene) }, [text])
  }
  return /no container instance met all of its requirements|No Container Instances were found|NO ACTIVE INSTANCES|EMPTY CAPACITY PROVIDER|\bRESOURCE:(CPU|MEMORY|PORTS|GPU)/.test(
    text,
  )
    ? finding(noCapacity, instances, {}, [text])
    : undefined
}

function inactive({ service }: Scene, { text }: Reason): Finding | undefined {
  return /TaskDefinition is inactive/.test(text)
    ? taskDefinitionIsInactive(service.taskDefinitionArn, text)
    : undefined
}

/** `arn` or name of the revision; `said` is ECS's sentence. */
export function taskDefinitionIsInactive(arn: string, said: string): Finding {
  return finding(
    taskDefinitionInactive,
    taskDefinitionInactive.cases.inactive,
    { definition: nameInArn(arn) },
    [said],
  )
}
