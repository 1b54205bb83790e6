import type { Clock } from '../../time/clock.ts'
import type { Service, Task, TaskDefinition } from '../model.ts'
import type { Scheduler, ServiceChange } from '../scheduler/scheduler.ts'
import { startDeployment } from './deployments.ts'

/** What the API layer handed over. */
export type SchedulerCall =
  | { kind: 'createService'; service: string; taskDefinition: string }
  | { kind: 'updateService'; service: string; change: ServiceChange }
  | { kind: 'deleteService'; service: string }
  | { kind: 'stopTask'; task: string; reason: string | undefined }
  | { kind: 'rollBack'; deployment: string }

export interface RecordingScheduler extends Scheduler {
  readonly calls: SchedulerCall[]
}

/** A scheduler for tests of the API alone: writes down what it is told and changes just what an answer shows at once. */
export function recordingScheduler(clock: Clock): RecordingScheduler {
  const calls: SchedulerCall[] = []
  return {
    calls,
    createService(service: Service, taskDefinition: TaskDefinition) {
      calls.push({ kind: 'createService', service: service.name, taskDefinition: taskDefinition.arn })
      startDeployment(service, taskDefinition, clock.now())
    },
    updateService(service: Service, change: ServiceChange) {
      calls.push({ kind: 'updateService', service: service.name, change })
      const {
        taskDefinition = service.deployments[0]?.taskDefinition,
        forceNewDeployment,
        ...members
      } = change
      const { raw, ...modelled } = members
      Object.assign(service, modelled, { raw: { ...service.raw, ...raw } })
      const differs = taskDefinition?.arn !== service.deployments[0]?.taskDefinition.arn
      if (taskDefinition && (differs || forceNewDeployment))
        startDeployment(service, taskDefinition, clock.now())
    },
    deleteService(service: Service) {
      calls.push({ kind: 'deleteService', service: service.name })
      service.status = 'DRAINING'
    },
    stopTask(task: Task, reason: string | undefined) {
      calls.push({ kind: 'stopTask', task: task.id, reason })
      task.desiredStatus = 'STOPPED'
    },
    rollBack(_service, deployment) {
      calls.push({ kind: 'rollBack', deployment: deployment.arn })
      deployment.status = 'ROLLBACK_REQUESTED'
    },
    [Symbol.asyncDispose]: async () => {},
  }
}
