import { ActionError, formatDuration, poll } from '@ecs-release/core'
import type { Run } from '../run.ts'
import { rollbackTimeout } from './rollback.ts'

/** Reads something that has to be known for a rollback. What kept the release from being followed may pass, so it is read until it answers. */
export async function patiently<T>(run: Run, read: () => Promise<T>): Promise<T> {
  const deadline = run.clock.now() + rollbackTimeout * 1000
  let told = false
  const trouble = (error: unknown): void => {
    run.trouble(error)
    if (!told) run.log.info(`AWS does not answer; it is asked again for ${formatDuration(rollbackTimeout)}`)
    told = true
  }
  const answered = await poll(
    async () => ({ value: await read() }),
    (answer) => answer,
    { ...run, deadline, trouble },
  )
  if (answered === undefined) {
    throw new ActionError('network', `AWS did not answer for ${formatDuration(rollbackTimeout)}`, {
      hint: 'Look at the service in the console, and deploy a revision that works by the input task-definition.',
    })
  }
  return answered.value
}
