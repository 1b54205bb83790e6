import { formatDuration, targetGroupName } from '@ecs-release/core'

/** What of a run and of a look is needed to tell of draining targets. */
interface Surroundings {
  calls: { targetGroupAttributes(arn: string): Promise<ReadonlyMap<string, string>> }
  clock: { now(): number }
  log: { info(line: string): void }
}

interface Look {
  deployment: { requestedTaskCount: number; runningTaskCount: number }
  service: { loadBalancers: readonly { targetGroupArn: string }[] }
  targets: readonly { state: string }[]
}

/** Draining for so long is worth a word. Milliseconds. */
const long = 45_000

/**
 * Says once, when only old targets that drain are waited for, which setting would make that shorter: by default a target group lets
 * them drain for five minutes.
 */
export function drainingNotice({ calls, clock, log }: Surroundings): (look: Look) => Promise<void> {
  let since: number | undefined
  let told = false
  return async ({ deployment, service, targets }) => {
    const complete = deployment.runningTaskCount >= deployment.requestedTaskCount
    const draining = targets.filter(({ state }) => state === 'draining').length
    since = complete && draining > 0 ? (since ?? clock.now()) : undefined
    if (told || since === undefined || clock.now() - since < long) return
    told = true
    for (const { targetGroupArn } of service.loadBalancers) {
      const delay = await delayOf(() => calls.targetGroupAttributes(targetGroupArn))
      log.info(
        `Waiting for ${draining === 1 ? '1 old target' : `${draining} old targets`} of ${targetGroupName(targetGroupArn)} to drain${delay}: deregistration_delay.timeout_seconds of the target group makes it shorter`,
      )
    }
  }
}

/** What cannot be read is left out: it only explains. */
async function delayOf(read: () => Promise<ReadonlyMap<string, string>>): Promise<string> {
  try {
    const seconds = (await read()).get('deregistration_delay.timeout_seconds')
    return seconds === undefined ? '' : `, for ${formatDuration(Number(seconds))} in all`
  } catch {
    return ''
  }
}
