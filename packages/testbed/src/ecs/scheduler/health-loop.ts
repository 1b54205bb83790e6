import type { RunningContainer } from '../../tasks/container.ts'
import type { Container } from '../model.ts'
import { type Checked, type HealthCheck, judge, taskHealth, unchecked } from './container-health.ts'
import { type Life, wait } from './task-wait.ts'

/**
 * Checks a running container at its interval, as long as the task is wanted. Only the process inside can tell how long
 * it takes, so the time-out is the one duration here that runs in real time and is left to the runtime.
 */
export function watchHealth(
  of: Life,
  shown: Container,
  container: RunningContainer,
  check: HealthCheck,
): void {
  const { world, run, life } = of
  const begun = world.clock.now()
  let so: Checked = unchecked

  const take = (passed: boolean): void => {
    if (life.task.desiredStatus === 'STOPPED' || shown.lastStatus !== 'RUNNING') return
    so = judge(so, check, { passed, secondsRunning: world.clock.secondsSince(begun) })
    shown.healthStatus = so.status
    const before = life.task.healthStatus
    life.task.healthStatus = taskHealth(life.task.containers, checkedContainers(life.of.containers))
    if (life.task.healthStatus !== before) life.task.version += 1
    next()
  }
  const next = (): void =>
    wait(of, check.interval, () => {
      world.when(
        run.service,
        container.exec(check.command, check.timeout * 1000),
        (exitCode) => take(exitCode === 0),
        () => take(false),
      )
    })
  next()
}

function checkedContainers(definitions: Life['life']['of']['containers']): Set<string> {
  return new Set(definitions.filter(({ healthCheck }) => healthCheck).map(({ name }) => name))
}
