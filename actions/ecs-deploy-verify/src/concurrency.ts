import {
  type Deployment,
  deploymentInProgress,
  formatDuration,
  type InProgress,
  nameInArn,
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
  const { logbook } = run
  const end = await waiting(run, other, { title: `Waiting for ${other.id}`, deadline })
  logbook.note(end === undefined ? `${other.id} had not ended` : `${other.id} ended as ${end}`)
  return end !== undefined
}

/** A deployment was seen to complete up to 40 s after it was successful (ecs-model 9); its old tasks may take longer to drain. */
const completes = 120_000

/**
 * Waits until a successful deployment has completed as well, for at most two minutes: Amazon ECS rolls back to the last one that has.
 * Source: Amazon ECS, "How the Amazon ECS deployment circuit breaker detects failures".
 */
export async function lettingComplete(run: Run, primary: Deployment, deadline: number): Promise<void> {
  const { clock, logbook } = run
  const { createdAt: since, id, taskDefinitionArn } = primary
  // Only the service tells whether it has completed, not the service deployment.
  const other = {
    id,
    arn: undefined,
    taskDefinition: nameInArn(taskDefinitionArn),
    status: 'SUCCESSFUL',
    since,
  }
  const end = await waiting(run, other, {
    title: `Waiting until ${id} has completed, so that Amazon ECS can roll back to it`,
    deadline: Math.min(deadline, clock.now() + completes),
  })
  logbook.note(end === undefined ? `${id} had not completed` : `${id} is ${end}`)
}

function waiting(
  { calls, clock, log, signal, trouble }: Run,
  other: InProgress,
  { deadline, title }: { title: string; deadline: number },
): Promise<string | undefined> {
  return log.group(title, () => {
    const begin = clock.now()
    let shown = ''
    const look = (line: string): void => {
      if (line !== shown) log.info(`${other.id}: ${line} · ${formatDuration((clock.now() - begin) / 1000)}`)
      shown = line
    }
    return untilOver(other, { calls, clock, deadline, look, trouble, signal })
  })
}
