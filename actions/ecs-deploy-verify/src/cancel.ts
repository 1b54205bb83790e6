import { ActionError, belongsTo, nameInArn, primaryOf, stopOnce } from '@ecs-release/core'
import type { Run } from './run.ts'
import type { Recorder, SoFar, Traces } from './traces.ts'

/**
 * After a cancellation: with `on-cancel: rollback` tells ECS, once, to roll the deployment back that this run has started and that
 * still goes on. The runner leaves some seconds for it. Returns a sentence on what was done; undefined when nothing was.
 */
export async function afterCancel(run: Run, { recorder }: SoFar): Promise<string | undefined> {
  const { inputs, signal } = run
  const { traces } = recorder
  if (!signal.aborted || inputs.onCancel !== 'rollback') return undefined
  if (traces?.stage !== 'releasing' || traces.ended !== undefined) return undefined
  return tellToRollBack(run, traces, recorder)
}

/** One call of StopServiceDeployment, if the deployment can be found. A sentence on what came of it; undefined when it cannot. */
export async function tellToRollBack(
  { calls, clock, log, trouble }: Run,
  traces: Traces,
  recorder: Recorder,
): Promise<string | undefined> {
  const what = nameInArn(traces.taskDefinitionArn)
  try {
    const arn = traces.deploymentArn ?? (await startedBy(traces, calls))
    if (arn === undefined) return undefined
    recorder.note({ stage: 'telling', deploymentArn: arn })
    switch (await stopOnce(arn, { calls, clock, trouble })) {
      case 'told':
        recorder.note({ stage: 'told' })
        return `Amazon ECS was told to roll the deployment of ${what} back`
      case 'over':
        recorder.note({ stage: 'releasing' })
        return `The deployment of ${what} had ended before Amazon ECS could be told to roll it back`
      case 'unknown':
        return `Amazon ECS did not answer when it was told to roll the deployment of ${what} back, and does not show that it does`
    }
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.info(error.hint ?? '')
    return `Amazon ECS could not be told to roll the deployment of ${what} back, and goes on with it: ${error.message}`
  }
}

/** The service deployment that UpdateService has started, where ECS lists it already. */
export async function startedBy(
  { replacing, taskDefinitionArn }: Pick<Traces, 'replacing' | 'taskDefinitionArn'>,
  calls: Pick<Run['calls'], 'service' | 'deploymentsSince'>,
): Promise<string | undefined> {
  const primary = primaryOf(await calls.service())
  if (primary === undefined || primary.id === replacing || primary.rolloutState !== 'IN_PROGRESS')
    return undefined
  if (primary.taskDefinitionArn !== taskDefinitionArn) return undefined
  const listed = await calls.deploymentsSince(new Date(primary.createdAt.getTime() - 1000))
  return listed.find(({ targetServiceRevisionArn }) => belongsTo(targetServiceRevisionArn, primary.id))?.arn
}
