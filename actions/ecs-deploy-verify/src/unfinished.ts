import {
  ActionError,
  type ActionResult,
  describeFailure,
  type Finding,
  headline,
  nameInArn,
  refusedUpdate,
  type Service,
} from '@ecs-release/core'
import { report } from './report.ts'
import type { Result } from './result.ts'
import type { Run } from './run.ts'
import { summarize } from './summary.ts'
import type { SoFar } from './traces.ts'

/** The error with what it leaves behind: a deployment that was started goes on without this step. */
export function leaving(error: unknown, soFar: SoFar, told: string | undefined): unknown {
  const finding = findingOf(error, soFar)
  if (finding !== undefined) return explained(error, finding, soFar)
  if (!(error instanceof ActionError)) return error
  const left = told ?? leftBehind(soFar)
  if (left === undefined) return error
  return new ActionError(error.code, `${error.message}. ${left}`, { hint: error.hint, cause: error.cause })
}

/** What is known of an error that came of the call of UpdateService. */
function findingOf(error: unknown, { started, updating }: SoFar): Finding | undefined {
  return updating === undefined || started !== undefined ? undefined : refusedUpdate(error, updating)
}

function explained(
  error: unknown,
  { cause, remedy }: Finding,
  { before, updating = '' }: SoFar,
): ActionError {
  const what = `${nameInArn(updating)} was not deployed to ${before?.name}`
  return new ActionError('rejected', `${what}: ${cause}`, { hint: remedy, cause: error })
}

/** What goes on without the step, or has ended without having been reported; undefined where nothing was begun. */
export function leftBehind({ before, recorder, started }: SoFar): string | undefined {
  const { traces } = recorder
  if (traces === undefined || before === undefined) return undefined
  const what = `deployment of ${nameInArn(traces.taskDefinitionArn)} to ${before.name}`
  const ended = traces.ended === undefined ? undefined : `The ${what} has ended as ${traces.ended}`
  switch (traces.stage) {
    case 'releasing':
      if (started === undefined) return `Amazon ECS goes on with the ${what}, if it has begun`
      return ended ?? `Amazon ECS goes on with the ${what} (${started.primary.id})`
    case 'telling':
      return ended ?? `Amazon ECS was asked to roll the ${what} back, and has not confirmed that`
    case 'told':
    case 'bringing-back':
      return ended ?? 'Amazon ECS goes on with the rollback that was begun'
    case 'not-ours':
    case 'reported':
      return undefined
  }
}

/** Outputs, page and evidence of a run that ended with an error: later steps may ask how it ended. */
export async function unfinished(run: Run, soFar: SoFar, error: unknown): Promise<ActionResult['outputs']> {
  const whole = error instanceof ActionError ? error.message : String(error)
  const message = headline(whole)
  const { before } = soFar
  if (before === undefined) {
    describeFailure(run.summary.heading(`❌ ${run.inputs.service}: failed`), error, whole)
    return { outcome: 'failed', verified: 'false', 'rolled-back': 'false', message }
  }
  const finding = findingOf(error, soFar)
  const result = { ...resultOf(before, soFar, message), findings: finding === undefined ? [] : [finding] }
  run.logbook.note(message)
  summarize(run, result)
  const [, ...problems] = whole.split('\n')
  if (problems.length > 0) run.summary.list(problems)
  if (finding === undefined && error instanceof ActionError && error.hint !== undefined)
    run.summary.sentence(error.hint)
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
