import type { Annotation } from './annotation.ts'
import type { With } from './inputs.ts'
import type { Grace } from './stage-process.ts'
import type { WorkflowOptions } from './workflow.ts'

export interface ActionOptions extends WorkflowOptions {
  /** The directory of action.yml. */
  actionPath: string
  /** `with` */
  inputs?: With
  /** `env`; it cannot override GITHUB_* and RUNNER_*. */
  env?: Readonly<Record<string, string>>
  /** A new empty directory by default. */
  workspace?: string
  /** The runner's own directory, with RUNNER_TEMP below it, for who wants to look in meanwhile; it must not exist yet. */
  root?: string
  /** The Node that runs the action; by default the one that runs the testbed. */
  node?: string
  /** Cancels the run that long after the action's main script started. */
  cancelAfterMs?: number
  /** Cancels the run. */
  signal?: AbortSignal
  grace?: Grace
  /** Secrets that are masked from the start. */
  secrets?: readonly string[]
  /** Receives each line of the log as it is shown. */
  onOutput?(line: string): void
}

/** What a run of an action left behind. Disposal removes the runner's files. */
export interface ActionRun extends AsyncDisposable {
  /** Of the main script, or of the pre script when that failed. */
  exitCode: number
  conclusion: 'success' | 'failure' | 'cancelled'
  outputs: Record<string, string>
  state: Record<string, string>
  /** GITHUB_ENV, for later steps. */
  exported: Record<string, string>
  /** GITHUB_PATH, in the order in which they were added. */
  paths: string[]
  /** Masked, as all that is shown. */
  summary: string
  annotations: Annotation[]
  log: string
  /** What the scripts wrote, unmasked and with the commands. */
  stdout: string
  stderr: string
  durationMs: number
  /** RUNNER_TEMP */
  files: string
  workspace: string
}
