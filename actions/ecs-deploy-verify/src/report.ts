import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ActionError,
  type ActionResult,
  type Evidence,
  exitCode,
  githubRun,
  type JsonObject,
  oneLine,
  outputText,
  primaryOf,
  taskEvidence,
} from '@ecs-release/core'
import type { Result } from './result.ts'
import { hasBegun, textOf } from './rollback/rollback.ts'
import type { Run } from './run.ts'

/** Writes the evidence and returns the outputs; an outcome that is not a success fails the step with its message. */
export async function report(run: Run, result: Result): Promise<ActionResult> {
  const { findings, message, outcome, proof, release } = result
  const { path, unwritten } = await writeEvidence(run, result)
  const verified = isVerified(result)
  const digests =
    proof?.kind === 'proven' && verified
      ? proof.containers.map(({ container, digest }) => [container, digest])
      : []
  return {
    outputs: {
      outcome: outcome.kind,
      'deployment-arn': release?.deploymentArn ?? '',
      'deployment-id': release?.deploymentId ?? '',
      'task-definition-arn': result.taskDefinitionArn ?? '',
      'previous-task-definition-arn': result.before.taskDefinitionArn,
      'service-revision-arn': release?.revisionArn ?? '',
      digests: JSON.stringify(Object.fromEntries(digests)),
      verified: String(verified),
      'rolled-back': String(isRolledBack(result)),
      findings: JSON.stringify(findings),
      evidence: path,
      'duration-seconds': String(secondsOf(run)),
      message,
    },
    ...failureOf(result, unwritten),
  }
}

/** What fails the step: how it ended, or else that nobody can look that up. */
function failureOf(
  result: Result,
  unwritten: ActionError | undefined,
): Pick<ActionResult, 'failure' | 'hint'> {
  const { message, outcome } = result
  if (exitCode(outcome) !== 0) return { failure: message, hint: hintOf(result) }
  return unwritten === undefined ? {} : { failure: `${message}. ${unwritten.message}`, hint: unwritten.hint }
}

/** What to do, in the error annotation: about the cause, and about a rollback that did not work. */
function hintOf({ findings, rollback }: Result): string | undefined {
  const remedies = [findings[0]?.remedy, rollback?.kind === 'failed' ? rollback.remedy : undefined]
  return remedies.filter((remedy) => remedy !== undefined).join('\n') || undefined
}

/** Whether the proof still stands: since a rollback has begun, nobody knows whether that is what runs. */
function isVerified({ proof, rollback }: Result): boolean {
  return proof?.kind === 'proven' && !hasBegun(rollback)
}

/** Whether an earlier revision runs again, by ECS's doing or by ours. */
function isRolledBack({ outcome, rollback }: Result): boolean {
  return outcome.kind === 'rolled-back' || rollback?.kind === 'done'
}

/** Writes the task definition as it will be, or is, registered. Only this user can read it: it holds variables' values. */
export async function writeTaskDefinition(
  { env }: Run,
  definition: JsonObject,
  tags: readonly JsonObject[],
): Promise<string> {
  const path = fileIn(env.RUNNER_TEMP, `task-definition-${crypto.randomUUID()}.json`)
  const whole = tags.length === 0 ? definition : { ...definition, tags: [...tags] }
  try {
    await writeFile(path, `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600 })
    return path
  } catch (error) {
    throw unwritable('task definition', error)
  }
}

interface WrittenEvidence {
  /** Empty when it could not be written, which must not hide how the deployment ended. */
  path: string
  unwritten: ActionError | undefined
}

async function writeEvidence(run: Run, result: Result): Promise<WrittenEvidence> {
  const path = fileIn(run.env.RUNNER_TEMP, `ecs-deploy-verify-${crypto.randomUUID()}.json`)
  // Somebody may show the file in a later step, which would run a command in it.
  const text = outputText(JSON.stringify(await evidenceOf(run, result), null, 2))
  try {
    await writeFile(path, `${text}\n`)
    return { path, unwritten: undefined }
  } catch (error) {
    const unwritten = unwritable('evidence', error)
    run.log.info(unwritten.message)
    return { path: '', unwritten }
  }
}

function unwritable(what: string, cause: unknown): ActionError {
  const code = isErrnoException(cause) ? cause.code : undefined
  return new ActionError(
    'file',
    `The ${what} could not be written to RUNNER_TEMP (${code ?? String(cause)})`,
    {
      hint: 'See that the directory exists, can be written to and has space left until the step has ended.',
      cause,
    },
  )
}

function isErrnoException(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}

async function evidenceOf(run: Run, result: Result): Promise<Evidence> {
  const { before, findings, message, outcome, proof, release } = result
  const caller = await callerOf(run)
  return {
    schema: 'ecs-release-actions/evidence/1',
    action: 'ecs-deploy-verify',
    outcome: outcome.kind,
    message: oneLine(message),
    verified: isVerified(result),
    rolledBack: isRolledBack(result),
    rollback: result.rollback === undefined ? null : textOf(result.rollback),
    startedAt: new Date(run.startedAt).toISOString(),
    endedAt: new Date(run.clock.now()).toISOString(),
    durationSeconds: secondsOf(run),
    caller,
    github: githubRun(run.env),
    service: { arn: before.arn, name: before.name, cluster: before.clusterName },
    from: {
      deploymentId: primaryOf(before)?.id ?? null,
      serviceRevisionArns: release?.sourceRevisionArns ?? [],
      taskDefinitionArn: before.taskDefinitionArn,
    },
    to: {
      deploymentId: release?.deploymentId ?? null,
      deploymentArn: release?.deploymentArn ?? null,
      serviceRevisionArn: release?.revisionArn ?? null,
      taskDefinitionArn: result.taskDefinitionArn ?? null,
    },
    probes: result.probed.map(({ fault, tries, url }) => ({ url, tries, passed: fault === undefined })),
    containers: proof?.kind === 'proven' ? proof.containers : [],
    tasks: taskEvidence(proof?.tasks ?? []),
    timeline: run.logbook.timeline(),
    findings,
    calls: run.logbook.calls(),
  }
}

/** Credentials may have expired by now, or the runner may wait for our end. Evidence without it says more than none. */
async function callerOf({ calls, signal }: Run): Promise<string | null> {
  if (signal.aborted) return null
  try {
    return await calls.caller()
  } catch {
    return null
  }
}

function fileIn(folder: string | undefined, name: string): string {
  return join(folder || tmpdir(), name)
}

function secondsOf({ clock, startedAt }: Run): number {
  return Math.round((clock.now() - startedAt) / 1000)
}
