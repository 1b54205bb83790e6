import type { JsonObject } from '../../../wire/json.ts'
import type { Service, Task } from '../../model.ts'
import { type Behaviour, good } from './behaviour.ts'
import { liveTasks, type Stage } from './stage.ts'

/** A circuit breaker with AWS's defaults, but for what is given. */
export const breaker = (
  change: Partial<Service['circuitBreaker']> = {},
): Pick<Service, 'circuitBreaker'> => ({
  circuitBreaker: {
    enable: true,
    rollback: true,
    resetOnHealthyTask: true,
    threshold: { type: 'BOUNDED_PERCENT', value: 50 },
    ...change,
  },
})

/** A service whose first deployment, of a good image, is complete. */
export async function runningService(on: Stage, settings: Partial<Service> = {}): Promise<Service> {
  const service = on.create(on.release(good), settings)
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  return service
}
/** Whether the newest service deployment is over. */
export const terminal =
  (service: Service): (() => boolean) =>
  () =>
    service.serviceDeployments[0]?.finishedAt !== undefined

/** A service of one task, and that task as soon as there is one. */
export async function oneTask(
  on: Stage,
  behaviour: Behaviour,
  container: JsonObject = {},
  settings = {},
): Promise<Task> {
  const service = on.create(on.release(behaviour, container), { desiredCount: 1, ...settings })
  await on.until(() => liveTasks(service).length > 0)
  const [task] = liveTasks(service)
  if (!task) throw new Error('no task')
  return task
}

/** The states that a task goes through from now on, with the seconds each takes. */
export async function states(on: Stage, task: Task, seconds: number): Promise<(readonly [string, number])[]> {
  const seen: { status: string; since: number }[] = []
  for (let step = 0; step <= seconds * 2; step++) {
    if (seen.at(-1)?.status !== task.lastStatus) seen.push({ status: task.lastStatus, since: on.clock.now() })
    await on.clock.advance(0.5)
  }
  return seen.map(({ status, since }, index) => {
    const next = seen[index + 1]?.since
    return [status, next === undefined ? Number.POSITIVE_INFINITY : (next - since) / 1000] as const
  })
}
