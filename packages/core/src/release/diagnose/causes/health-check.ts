import type { Finding } from '../../finding.ts'
import { eventsOfOwnTasks, failedTasks, ownTasks, type Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { containerHealthCheck } from '../texts/health.ts'

/** The container's own health check failed. */
export function containerHealthChecks(scene: Scene): Finding[] {
  const evidence = [
    ...failedTasks(scene).flatMap(({ id, stoppedReason }) =>
      stoppedReason?.startsWith('Task failed container health checks')
        ? [`task ${id}: ${stoppedReason}`]
        : [],
    ),
    ...eventsOfOwnTasks(scene).filter((message) => message.includes('failed container health checks')),
    ...ownTasks(scene)
      .filter(({ healthStatus, lastStatus }) => healthStatus === 'UNHEALTHY' && lastStatus === 'RUNNING')
      .map(({ id }) => `task ${id} is UNHEALTHY`),
  ]
  if (evidence.length === 0) return []
  return [finding(containerHealthCheck, containerHealthCheck.cases.failing, {}, evidence)]
}
