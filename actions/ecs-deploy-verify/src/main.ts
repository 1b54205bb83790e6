import { type ActionResult, exitCode, type Main } from '@ecs-release/core'
import { checkImages } from './check-images.ts'
import { assertDeployable } from './deployable.ts'
import type { Inputs } from './inputs.ts'
import { prepare } from './prepare.ts'
import { planned, released } from './release.ts'
import { report, writeTaskDefinition } from './report.ts'
import type { Result } from './result.ts'
import { type Run, startRun } from './run.ts'
import { summarize } from './summary.ts'
import { leaving, type SoFar, unfinished } from './unfinished.ts'
import { verified } from './verify.ts'

/** Load, register, update, follow, prove, report; or only prove and report. */
export const main: Main<Inputs> = async (context) => {
  const run = startRun(context)
  const soFar: SoFar = {}
  try {
    const before = await run.calls.service()
    soFar.before = before
    assertDeployable(before)
    if (run.inputs.mode === 'verify') return await concluded(run, await verified(run, before))
    const prepared = await run.log.group('Task definition', () => prepare(run, before))
    const tags = prepared.plan.kind === 'register' ? prepared.plan.tags : []
    context.output('task-definition-file', await writeTaskDefinition(run, prepared.plan.definition, tags))
    context.output('previous-task-definition-arn', before.taskDefinitionArn)
    const checked = await checkImages(run, prepared)
    const result = run.inputs.dryRun
      ? planned(run, before, prepared, checked)
      : await released(run, { before, prepared, checked, soFar })
    return await concluded(run, result)
  } catch (cause) {
    const error = leaving(cause, soFar)
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
