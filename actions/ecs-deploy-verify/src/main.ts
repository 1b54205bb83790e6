import { type ActionResult, exitCode, type Main, messageOf, nameInArn, type Service } from '@ecs-release/core'
import { type Checked, checkImages, listed, refusal } from './check-images.ts'
import { deploy } from './deploy.ts'
import { assertDeployable } from './deployable.ts'
import { plan } from './dry-run.ts'
import { end, type Wanted } from './ending.ts'
import { follow } from './follow.ts'
import type { Inputs } from './inputs.ts'
import { type Prepared, prepare } from './prepare.ts'
import { report, writeTaskDefinition } from './report.ts'
import type { Result } from './result.ts'
import { type Run, startRun } from './run.ts'
import { summarize } from './summary.ts'
import { leaving, type SoFar, unfinished } from './unfinished.ts'

/** Load, register, update, follow, prove, report. */
export const main: Main<Inputs> = async (context) => {
  const run = startRun(context)
  const soFar: SoFar = {}
  try {
    const before = await run.calls.service()
    soFar.before = before
    assertDeployable(before)
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

interface Release {
  before: Service
  prepared: Prepared
  checked: Checked
  /** Is told each step that was taken, for the report of an error in the next. */
  soFar: SoFar
}

async function released(run: Run, { before, checked, prepared, soFar }: Release): Promise<Result> {
  const refused = refusal(before, prepared, checked)
  if (refused !== undefined) return { ...unreleased, ...refused, before, changes: [] }
  const started = await run.log.group('Deployment', () => deploy(run, before, prepared))
  soFar.started = started
  const { definition } = prepared.plan
  const followed = await follow(run, started, definition)
  soFar.followed = followed
  const ending = await end(run, started, followed, wanted(run, prepared, checked))
  const release = {
    deploymentId: started.primary.id,
    deploymentArn: followed.deploymentArn,
    status: followed.deployment?.status,
    revisionArn: ending.revisionArn,
    sourceRevisionArns: followed.deployment?.sourceServiceRevisionArns ?? [],
  }
  const { taskDefinitionArn } = started
  const message = messageOf(ending.outcome, { service: before.name, what: nameInArn(taskDefinitionArn) })
  return {
    before,
    ...ending,
    message,
    taskDefinitionArn,
    release,
    investigation: followed.investigation,
    changes: [],
  }
}

const unreleased = { release: undefined, proof: undefined, investigation: undefined }

function planned(run: Run, before: Service, prepared: Prepared, checked: Checked): Result {
  const result = plan(run, before, prepared)
  for (const line of result.changes) run.log.info(line)
  return { ...unreleased, before, ...result, ...refusal(before, prepared, checked) }
}

function wanted(run: Run, { images, plan }: Prepared, { digests }: Checked): Wanted {
  const asked = { definition: plan.definition, named: images, inRegistry: digests }
  return { asked, children: (image, digest) => listed(run, image, digest) }
}

async function concluded(run: Run, result: Result): Promise<ActionResult> {
  run.logbook.note(result.message)
  // A failure is printed as the error annotation.
  if (exitCode(result.outcome) === 0) run.log.info(result.message)
  summarize(run, result)
  return report(run, result)
}
