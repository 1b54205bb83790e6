import type { Task } from '../../aws/ecs-model.ts'
import { deathIn } from './death.ts'
import { failedTasks, type Observed } from './observed.ts'

/** A container whose log may tell more. */
export interface Suspect {
  task: string
  container: string
  /** The container ended by itself, so that the last lines of its log matter most. */
  died: boolean
  /** When its task had stopped; undefined while it is on its way there. */
  stoppedAt: Date | undefined
}

/** Whose log is read where the first one's lines have not come yet. */
const most = 3

/** The newest failed tasks whose containers ran, three at most; in each the container that died, else the one behind the load balancer. */
export function suspectsOf(observed: Observed): Suspect[] {
  return failedTasks(observed)
    .filter(
      ({ startedAt, containers }) =>
        startedAt !== undefined || containers.some(({ exitCode }) => exitCode !== undefined),
    )
    .toSorted((one, other) => (other.stoppedAt?.getTime() ?? 0) - (one.stoppedAt?.getTime() ?? 0))
    .slice(0, most)
    .flatMap((task) => suspectIn(task, observed) ?? [])
}

function suspectIn(task: Task, { definition, service }: Observed): Suspect | undefined {
  const death =
    task.stopCode === 'EssentialContainerExited' ? deathIn(task, definition)?.container : undefined
  const container = death ?? service.loadBalancers[0]?.containerName ?? task.containers[0]?.name
  if (container === undefined) return undefined
  return { task: task.id, container, died: death !== undefined, stoppedAt: task.stoppedAt }
}
