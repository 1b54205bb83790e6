import { delimiter, join } from 'node:path'
import type { ActionOptions } from './action-run.ts'
import type { Annotation } from './annotation.ts'
import { applyFiles } from './apply-files.ts'
import { type CommandFiles, commandFiles } from './file-commands.ts'
import type { Job } from './job.ts'
import { stageOutput } from './output-commands.ts'
import { runnerGrace, runStage } from './stage-process.ts'
import type { RunnerDirectories, Workflow } from './workflow.ts'

export type StageName = 'pre' | 'main' | 'post'

/** What the stages of a step have in common. */
export interface StepContext {
  options: ActionOptions
  actionPath: string
  job: Job
  workflow: Workflow
  directories: RunnerDirectories
  /** `INPUT_*` */
  environment: Record<string, string>
}

/** Runs one script with fresh command files and lets those take effect, however it ended. */
export async function runScript(
  stage: StageName,
  script: string,
  step: StepContext,
  cancel: AbortSignal,
): Promise<{ exitCode: number; failed: boolean }> {
  const { options, job, directories } = step
  const files = commandFiles(directories.temp)
  const annotations: Annotation[] = []
  const output = stageOutput(job, annotations)
  if (stage !== 'main') job.log.write(`${stage === 'pre' ? 'Pre' : 'Post'} ${script}`)
  const exitCode = await runStage({
    node: options.node ?? process.execPath,
    script: join(step.actionPath, script),
    directory: directories.workspace,
    environment: environmentOf(step, files),
    cancel,
    grace: options.grace ?? runnerGrace,
    line(stream, text) {
      job[stream].push(`${text}\n`)
      output.line(text)
    },
  })
  job.log.closeGroup()
  const applied = applyFiles(files, job, annotations)
  job.annotations.push(...annotations)
  return { exitCode, failed: exitCode !== 0 || output.failed() || !applied }
}

// In the order in which the runner assigns them: what comes later wins.
function environmentOf(step: StepContext, files: CommandFiles): Record<string, string> {
  const { options, job, workflow } = step
  const { PATH = '', HOME = '' } = process.env
  const given: Record<string, string> = { PATH, HOME, ...Object.fromEntries(job.environment), ...options.env }
  for (const [name, value] of job.state) given[`STATE_${name}`] = value
  return {
    CI: 'true',
    ...given,
    ...step.environment,
    PATH: [...job.paths.toReversed(), given.PATH].join(delimiter),
    ...workflow.environment,
    ...files,
  }
}
