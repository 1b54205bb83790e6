import { type ActionResult, exitCode, type Main } from '@ecs-release/core'
import { afterError } from './after-error.ts'
import { startsDeployment } from './check.ts'
import { barred } from './deployable.ts'
import type { Inputs } from './inputs.ts'
import { warnOfNoTasks } from './no-tasks.ts'
import { makeReady } from './ready.ts'
import { planned, released } from './release.ts'
import { report, writeTaskDefinition } from './report.ts'
import type { Result } from './result.ts'
import { type Run, startRun } from './run.ts'
import { summarize } from './summary.ts'
import { newRecorder, type SoFar } from './traces.ts'
import { leaving, unfinished } from './unfinished.ts'
import { verified } from './verify.ts'

/** Load, register, update, follow, prove, report; or only prove and report. */
export const main: Main<Inputs> = async (context) => {
  const run = startRun(context)
  const recorder = newRecorder(context.save)
  const soFar: SoFar = { recorder }
  try {
    const seen = await run.calls.service()
    soFar.before = seen
    const refused = barred(run, seen)
    if (refused !== undefined) return await concluded(run, refused)
    if (run.inputs.mode === 'verify') return await concluded(run, await verified(run, seen))
    const { before, checked, prepared } = await makeReady(run, seen, soFar)
    if (checked.findings.length === 0 && startsDeployment(run, before, prepared)) warnOfNoTasks(run, before)
    const tags = prepared.plan.kind === 'register' ? prepared.plan.tags : []
    context.output('task-definition-file', await writeTaskDefinition(run, prepared.plan.definition, tags))
    context.output('previous-task-definition-arn', before.taskDefinitionArn)
    const result = run.inputs.dryRun
      ? planned(run, before, prepared, checked)
      : await released(run, { before, prepared, checked, soFar })
    const ended = await concluded(run, result)
    recorder.note({ stage: 'reported' })
    return ended
  } catch (cause) {
    const error = leaving(cause, soFar, await afterError(run, cause, soFar))
    // Without a cancellation nobody asked for more, and a later step may be cancelled.
    if (!run.signal.aborted) recorder.note({ stage: 'reported' })
    const outputs = await unfinished(run, soFar, error)
    for (const [name, value] of Object.entries(outputs)) context.output(name, value)
    throw error
  }
}

async function concluded(run: Run, result: Result): Promise<ActionResult> {
  run.logbook.note(result.message)
  // A failure is printed as the error annotation.
  if (exitCode(result.outcome) === 0) run.log.info(result.message)
  summarize(run, result)
  return report(run, result)
}
