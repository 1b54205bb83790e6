import type { Log, Service } from '@ecs-release/core'
import type { Run } from './run.ts'

interface Deploying {
  inputs: Pick<Run['inputs'], 'desiredCount' | 'proof' | 'waitUntil'>
  log: Pick<Log, 'warning'>
}

/** Warns, before anything is written, of a deployment that nobody will be able to prove, as it starts no task. */
export function warnOfNoTasks(
  { inputs, log }: Deploying,
  { desiredCount, name, schedulingStrategy }: Pick<Service, 'desiredCount' | 'name' | 'schedulingStrategy'>,
): void {
  if (inputs.proof === 'off' || inputs.waitUntil === 'started') return
  if (schedulingStrategy === 'DAEMON' || desiredCount > 0 || inputs.desiredCount !== undefined) return
  log.warning(
    `The desired count of ${name} is 0: the deployment starts no task, and ends as unverified. Set the input desired-count, or proof: off`,
  )
}
