import { mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ActionFile, readActionFile } from './action-file.ts'
import type { ActionOptions, ActionRun } from './action-run.ts'
import { holds, type Scope } from './expression.ts'
import { stepInputs } from './inputs.ts'
import { type Job, newJob, remark } from './job.ts'
import { endOrphans } from './orphans.ts'
import { runScript, type StageName, type StepContext } from './stage.ts'
import { type RunnerDirectories, type Workflow, workflowRun } from './workflow.ts'

/**
 * Runs a JavaScript action as GitHub's runner does: pre, main and post as processes with the runner's environment and
 * files, its reading of what they print, its rules of failure and its signals on cancellation (act.md 6).
 * Throws only when there is no action to run. Only PATH and HOME of the caller's environment get in.
 */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const started = performance.now()
  const actionPath = resolve(options.actionPath)
  const action = readActionFile(actionPath)
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'runner-'))
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true })
  try {
    const step = stepOf(options, actionPath, root)
    const ending = await runStages(action, step)
    await endOrphans(step.workflow.trackingId)
    return {
      ...ending,
      ...resultsOf(step.job),
      durationMs: performance.now() - started,
      files: step.directories.temp,
      workspace: step.directories.workspace,
      [Symbol.asyncDispose]: remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

function stepOf(options: ActionOptions, actionPath: string, root: string): StepContext {
  const directories = runnerDirectories(root, options.workspace)
  const workflow = workflowRun(options, directories)
  const job = newJob({
    workspace: directories.workspace,
    debug: options.debug ?? false,
    unsecureCommands: options.env?.ACTIONS_ALLOW_UNSECURE_COMMANDS?.toLowerCase() === 'true',
    onOutput: options.onOutput ?? (() => {}),
  })
  for (const secret of [workflow.token, ...(options.secrets ?? [])]) job.masks.add(secret)
  return { options, actionPath, job, workflow, directories, environment: {} }
}

type Ending = Pick<ActionRun, 'exitCode' | 'conclusion'>

async function runStages(action: ActionFile, step: StepContext): Promise<Ending> {
  const { options, job, workflow } = step
  const cancelled = new AbortController()
  const cancel = AbortSignal.any([cancelled.signal, ...(options.signal ? [options.signal] : [])])
  const status = { failed: false, cancelled: false }
  const scope = conditions(workflow, status)
  const inputs = stepInputs(action, options.inputs ?? {}, scope)
  for (const warning of inputs.warnings) remark(job, job.annotations, 'warning', warning)

  let exitCode = 0
  let startedAny = false
  const run = async (stage: StageName, script: string | undefined, condition: string): Promise<void> => {
    status.cancelled ||= cancel.aborted
    if (script === undefined || !holds(condition, scope)) return
    startedAny = true
    // A cancelled run asks the condition again: a stage that runs always is left alone.
    const interruptible = !holds(condition, conditions(workflow, { failed: status.failed, cancelled: true }))
    const signal = interruptible ? cancel : new AbortController().signal
    const ended = await runScript(stage, script, { ...step, environment: inputs.environment }, signal)
    if (stage !== 'post' && exitCode === 0) exitCode = ended.exitCode
    if (signal.aborted) status.cancelled = true
    else if (ended.failed) status.failed = true
  }
  await run('pre', action.pre, action.preIf)
  const { cancelAfterMs } = options
  const timer = cancelAfterMs === undefined ? undefined : setTimeout(() => cancelled.abort(), cancelAfterMs)
  await run('main', action.main, 'success()').finally(() => clearTimeout(timer))
  if (startedAny) await run('post', action.post, action.postIf)
  return { exitCode, conclusion: status.cancelled ? 'cancelled' : status.failed ? 'failure' : 'success' }
}

function conditions(workflow: Workflow, status: { failed: boolean; cancelled: boolean }): Scope {
  return {
    lookup: workflow.lookup,
    functions: {
      always: () => true,
      success: () => !status.failed && !status.cancelled,
      failure: () => status.failed && !status.cancelled,
      cancelled: () => status.cancelled,
    },
  }
}

function runnerDirectories(root: string, workspace: string | undefined): RunnerDirectories {
  const directories = {
    temp: join(root, '_temp'),
    tools: join(root, '_tool'),
    workspace: workspace === undefined ? join(root, 'shop', 'shop') : resolve(workspace),
  }
  for (const directory of Object.values(directories)) mkdirSync(directory, { recursive: true })
  return directories
}

function resultsOf(
  job: Job,
): Omit<
  ActionRun,
  'exitCode' | 'conclusion' | 'durationMs' | 'files' | 'workspace' | typeof Symbol.asyncDispose
> {
  return {
    outputs: Object.fromEntries(job.outputs),
    state: Object.fromEntries(job.state),
    exported: Object.fromEntries(job.environment),
    paths: job.paths,
    summary: job.summary.join('\n'),
    annotations: job.annotations,
    log: job.log.text(),
    stdout: job.stdout.join(''),
    stderr: job.stderr.join(''),
  }
}
