import {
  deploymentInProgress,
  formatDuration,
  type InProgress,
  type Service,
  untilOver,
  who,
} from '@ecs-release/core'
import type { Run } from './run.ts'

/** Finds a deployment of somebody else that has not ended, and tells whose it is and what becomes of it. */
export async function otherDeployment(run: Run, before: Service): Promise<InProgress | undefined> {
  const { calls, clock, inputs, log, logbook, signal, trouble } = run
  const other = await deploymentInProgress(before, { calls, clock, trouble, signal })
  if (other === undefined) return undefined
  const line = `Another deployment of ${before.name} is in progress: ${who(other)}`
  log.info(
    inputs.concurrency === 'supersede' && !inputs.dryRun
      ? `${line}. Ours stops it, as concurrency is supersede`
      : line,
  )
  logbook.note(line)
  return other
}

/** Waits for the other deployment. Returns whether it ended in time, however it ended. */
export async function lettingEnd(run: Run, other: InProgress, deadline: number): Promise<boolean> {
  const { calls, clock, log, logbook, signal, trouble } = run
  return log.group(`Waiting for ${other.id}`, async () => {
    const begin = clock.now()
    let shown = ''
    const look = (line: string): void => {
      if (line !== shown) log.info(`${other.id}: ${line} · ${formatDuration((clock.now() - begin) / 1000)}`)
      shown = line
    }
    const end = await untilOver(other, { calls, clock, deadline, look, trouble, signal })
    logbook.note(end === undefined ? `${other.id} had not ended` : `${other.id} ended as ${end}`)
    return end !== undefined
  })
}
