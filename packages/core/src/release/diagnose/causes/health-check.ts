import type { Finding } from '../../finding.ts'
import { eventsOfOwnTasks, failedTasks, type Observed, ownTasks } from '../observed.ts'

/** The load balancer found tasks of this deployment unhealthy. Tasks of others do not count. */
export function loadBalancerHealthCheck(observed: Observed): Finding | undefined {
  const addresses = new Set(ownTasks(observed).flatMap(({ address }) => address ?? []))
  const targets = observed.targets.filter(({ id, state }) => state === 'unhealthy' && addresses.has(id))
  const stopped = failedTasks(observed).flatMap(({ stoppedReason }) =>
    stoppedReason?.startsWith('Task failed ELB health checks') ? [stoppedReason] : [],
  )
  const events = eventsOfOwnTasks(observed).filter((message) =>
    message.includes('is unhealthy in (target-group'),
  )
  const evidence = [
    ...new Set([
      ...stopped,
      ...events,
      ...targets.map(({ id, port, description }) => `target ${id}:${port}: ${description}`),
    ]),
  ]
  if (evidence.length === 0) return undefined
  const said = targets.find(({ description }) => description !== undefined)?.description ?? reasonIn(events)
  return {
    code: 'load-balancer-health-check',
    cause: `the tasks do not pass the load balancer's health check${said === undefined ? '' : `: ${said}`}`,
    remedy: remedyFor(said ?? ''),
    evidence,
  }
}

/** The container's own health check failed. */
export function containerHealthCheck(observed: Observed): Finding | undefined {
  const evidence = [
    ...failedTasks(observed).flatMap(({ id, stoppedReason }) =>
      stoppedReason?.startsWith('Task failed container health checks')
        ? [`task ${id}: ${stoppedReason}`]
        : [],
    ),
    ...eventsOfOwnTasks(observed).filter((message) => message.includes('failed container health checks')),
    ...ownTasks(observed)
      .filter(({ healthStatus, lastStatus }) => healthStatus === 'UNHEALTHY' && lastStatus === 'RUNNING')
      .map(({ id }) => `task ${id} is UNHEALTHY`),
  ]
  if (evidence.length === 0) return undefined
  return {
    code: 'container-health-check',
    cause: 'the tasks do not pass the health check of the container in the task definition',
    remedy:
      'Run healthCheck.command inside the container: the program it calls (such as curl) must be in the image and end with 0. A program that starts slowly needs healthCheck.startPeriod.',
    evidence,
  }
}

function reasonIn(events: readonly string[]): string | undefined {
  return events
    .map((message) => /due to \(reason (.*)\)/.exec(message)?.[1])
    .find((reason) => reason !== undefined)
}

/** Source: Application Load Balancer guide, "Target health reason codes". */
function remedyFor(reason: string): string {
  if (reason.includes('codes')) {
    return "Request the target group's health-check path from inside a task: the application has to answer it with a status that the matcher allows. Change the path, the matcher or the application."
  }
  if (reason.includes('timed out')) {
    return 'The application answers too late or its port cannot be reached: check the container port, the security group of the tasks and the time-out of the health check. A slow start needs healthCheckGracePeriodSeconds.'
  }
  return 'Nothing may be listening: the application has to listen on its containerPort on all addresses, and the security group of the tasks has to let the load balancer in. A slow start needs healthCheckGracePeriodSeconds.'
}
