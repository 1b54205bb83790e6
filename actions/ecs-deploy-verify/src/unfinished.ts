import { ActionError, type ActionResult, nameInArn, type Service } from '@ecs-release/core'
import type { Started } from './deploy.ts'
import type { Followed } from './follow.ts'
import { report } from './report.ts'
import type { Result } from './result.ts'
import type { Run } from './run.ts'
import { summarize } from './summary.ts'

/** How far a run has come. */
export interface SoFar {
  before?: Service
  started?: Started
  followed?: Followed
  /** The task definition that UpdateService is called with, from the moment of the call on. */
  updating?: string
  deploymentArn?: string
}

/** The error with what it leaves behind: a deployment that was started goes on without this step. */
export function leaving(error: unknown, { followed, started }: SoFar): unknown {
  if (!(error instanceof ActionError) || !started?.isNew || followed !== undefined) return error
  const { primary, service, taskDefinitionArn } = started
  const goesOn = `Amazon ECS goes on with the deployment of ${nameInArn(taskDefinitionArn)} to ${service.name} (${primary.id})`
  return new ActionError(error.code, `${error.message}. ${goesOn}`, {
    hint: error.hint,
    cause: error.cause,
  })
}

/** Outputs, page and evidence of a run that ended with an error: later steps may ask how it ended. */
export async function unfinished(run: Run, soFar: SoFar, error: unknown): Promise<ActionResult['outputs']> {
  const message = error instanceof ActionError ? error.message : String(error)
  const { before } = soFar
  if (before === undefined) {
    run.summary.heading(`❌ ${run.inputs.service}: failed`).sentence(message)
    return { outcome: 'failed', verified: 'false', 'rolled-back': 'false', message }
  }
  const result = resultOf(before, soFar, message)
  run.logbook.note(message)
  summarize(run, result)
  if (error instanceof ActionError && error.hint !== undefined) run.summary.sentence(error.hint)
  return (await report(run, result)).outputs
}

function resultOf(before: Service, { deploymentArn, followed, started }: SoFar, message: string): Result {
  const release = started && {
    deploymentId: started.primary.id,
    deploymentArn: followed?.deploymentArn ?? deploymentArn,
    status: followed?.deployment?.status ?? 'not followed to its end',
    revisionArn: followed?.deployment?.targetServiceRevisionArn ?? '',
    sourceRevisionArns: followed?.deployment?.sourceServiceRevisionArns ?? [],
  }
  return {
    before,
    outcome: { kind: 'failed', cause: message },
    message,
    findings: [],
    taskDefinitionArn: started?.taskDefinitionArn,
    release,
    images: new Map(),
    proof: undefined,
    probed: [],
    investigation: followed?.investigation,
    rollback: undefined,
    changes: [],
  }
}
