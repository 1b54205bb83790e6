import { deathIn } from './death.ts'
import { failedTasks, type Observed } from './observed.ts'

/** The container whose log may tell more. */
export interface Suspect {
  task: string
  container: string
}

/** The newest failed task whose containers ran; in it the one that died, else the one behind the load balancer. */
export function suspectOf(observed: Observed): Suspect | undefined {
  const [task] = failedTasks(observed)
    .filter(
      ({ startedAt, containers }) =>
        startedAt !== undefined || containers.some(({ exitCode }) => exitCode !== undefined),
    )
    .toSorted((one, other) => (other.stoppedAt?.getTime() ?? 0) - (one.stoppedAt?.getTime() ?? 0))
  if (task === undefined) return undefined
  const death =
    task.stopCode === 'EssentialContainerExited' ? deathIn(task, observed.definition)?.container : undefined
  const container = death ?? observed.service.loadBalancers[0]?.containerName ?? task.containers[0]?.name
  return container === undefined ? undefined : { task: task.id, container }
}
