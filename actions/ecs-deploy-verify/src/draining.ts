import { formatDuration, targetGroupName } from '@ecs-release/core'

/** What of a run and of a look is needed to tell of draining targets. */
interface Surroundings {
  calls: {
    targets(arn: string): Promise<readonly Target[]>
    targetGroupAttributes(arn: string): Promise<ReadonlyMap<string, string>>
  }
  clock: { now(): number }
  log: { info(line: string): void }
}

interface Target {
  state: string
}

interface Look {
  deployment: { requestedTaskCount: number; runningTaskCount: number }
  service: { loadBalancers: readonly { targetGroupArn: string }[] }
  targets: readonly Target[]
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
    since = complete && drainingOf(targets) > 0 ? (since ?? clock.now()) : undefined
    if (told || since === undefined || clock.now() - since < long) return
    told = true
    for (const arn of new Set(service.loadBalancers.map(({ targetGroupArn }) => targetGroupArn))) {
      // The targets of a look are those of all target groups.
      const draining = await calls.targets(arn).then(drainingOf, () => 0)
      if (draining === 0) continue
      const delay = await delayOf(() => calls.targetGroupAttributes(arn))
      log.info(
        `Waiting for ${draining === 1 ? '1 old target' : `${draining} old targets`} of ${targetGroupName(arn)} to drain${delay}: deregistration_delay.timeout_seconds of the target group makes it shorter`,
      )
    }
  }
}

function drainingOf(targets: readonly Target[]): number {
  return targets.filter(({ state }) => state === 'draining').length
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
