import { belongsTo } from '../deployment/identity.ts'
import { isFailing } from '../deployment/status.ts'
import type { View } from './watch.ts'

/**
 * One line on where the deployment stands: its status, its tasks and the health of the load balancer's targets.
 * Running, pending and failed are of the deployment, targets of the whole service; once the deployment has failed, how many
 * tasks the service runs in all is what matters. Without the elapsed time.
 */
export function statusLine({ deployment, service, targets }: View): string {
  const own = service.deployments.find(({ id }) => belongsTo(deployment.targetServiceRevisionArn, id))
  const failed = Math.max(deployment.circuitBreaker?.failureCount ?? 0, own?.failedTasks ?? 0)
  const counts = [
    `desired ${service.desiredCount}`,
    `running ${deployment.runningTaskCount}`,
    `pending ${deployment.pendingTaskCount}`,
    `failed ${failed}`,
    ...(isFailing(deployment.status) ? [`in the service ${service.runningCount}`] : []),
  ]
  const health = targets.length === 0 ? [] : [`targets ${tally(targets.map(({ state }) => state))}`]
  return [deployment.status, ...counts, ...health].join(' · ')
}

/** `2 healthy, 1 initial`, in the order of the alphabet so that the same state gives the same text. */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([word, count]) => `${count} ${word}`)
    .join(', ')
}
