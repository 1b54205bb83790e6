import { flag, object, textList, wholeNumber } from '../../wire/input.ts'
import type { Service, ServiceDeployment } from '../model.ts'
import { elapsed } from './elapsed.ts'
import type { DeploymentRun } from './service-run.ts'
import type { World } from './world.ts'

/** `deploymentConfiguration.alarms`. */
export interface DeploymentAlarms {
  enable: boolean
  rollback: boolean
  names: string[]
}

export function alarmsOf({ raw }: Pick<Service, 'raw'>): DeploymentAlarms {
  const given = object(object(raw, 'deploymentConfiguration') ?? {}, 'alarms') ?? {}
  return {
    enable: flag(given, 'enable') ?? false,
    rollback: flag(given, 'rollback') ?? false,
    names: textList(given, 'alarmNames'),
  }
}

/**
 * How a deployment begins to watch its alarms. One that is in ALARM by then makes ECS ignore all of them for this deployment, which
 * is assumed to read DISABLED. Source: Developer Guide, "How CloudWatch alarms detect Amazon ECS deployment failures".
 */
export function watchedAlarms({ account }: World, service: Service): ServiceDeployment['alarms'] {
  const { enable, names } = alarmsOf(service)
  const watches = enable && account.alarms.firing(names).length === 0
  return { status: watches ? 'MONITORING' : 'DISABLED', names: enable ? names : [], triggered: [] }
}

/** Looks at the alarms of a deployment in progress, and says whether one has failed it. */
export function alarmFires({ account }: World, { serviceDeployment }: DeploymentRun): boolean {
  const { alarms, status } = serviceDeployment
  if (status !== 'IN_PROGRESS' || alarms.status !== 'MONITORING') return false
  alarms.triggered = account.alarms.firing(alarms.names)
  if (alarms.triggered.length === 0) return false
  alarms.status = 'TRIGGERED'
  return true
}

/** Whether the bake time is over, in which alarms are watched after all tasks are replaced; without alarms there is none. */
export function isBaked(world: World, service: Service, of: DeploymentRun): boolean {
  if (of.serviceDeployment.alarms.status !== 'MONITORING') return true
  of.completeSince ??= world.clock.now()
  const configured = wholeNumber(object(service.raw, 'deploymentConfiguration') ?? {}, 'bakeTimeInMinutes')
  const seconds = configured === undefined ? world.timings.bake : configured * 60
  return elapsed(world.clock, of.completeSince, seconds)
}
