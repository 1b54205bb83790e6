import type { Investigation } from '@ecs-release/core'
import type { Run } from './run.ts'

/** So long after the first look its last lines are waited for, or after its task has stopped where that was before. Milliseconds. */
const patience = 10_000
const pause = 2500

/**
 * Looks again while the last lines of a container that has just died are missing: CloudWatch Logs shows them some seconds after they
 * were written, and they mostly say why.
 */
export async function heardOut(
  { clock, signal }: Pick<Run, 'clock' | 'signal'>,
  look: () => Promise<Investigation>,
): Promise<Investigation> {
  const begin = clock.now()
  for (;;) {
    const investigation = await look()
    const { unheard } = investigation
    const stopped = unheard?.stoppedAt?.getTime() ?? begin
    if (unheard === undefined || clock.now() >= Math.min(begin, stopped) + patience) return investigation
    await clock.sleep(pause, signal)
  }
}
