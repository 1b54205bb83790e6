import type { Annotation, AnnotationLevel } from './annotation.ts'
import { addAnnotation } from './annotation.ts'
import { type Masks, masks } from './masks.ts'
import { type StepLog, stepLog } from './step-log.ts'

/** What the stages of one action leave for each other and for the later steps of the job. */
export interface Job {
  workspace: string
  debug: boolean
  /** Whether ACTIONS_ALLOW_UNSECURE_COMMANDS lets set-env and add-path work. */
  unsecureCommands: boolean
  masks: Masks
  log: StepLog
  annotations: Annotation[]
  outputs: Map<string, string>
  state: Map<string, string>
  /** From GITHUB_ENV. */
  environment: Map<string, string>
  /** From GITHUB_PATH, in the order in which they were added. */
  paths: string[]
  summary: string[]
  stdout: string[]
  stderr: string[]
}

export function newJob(options: {
  workspace: string
  debug: boolean
  unsecureCommands: boolean
  onOutput: (line: string) => void
}): Job {
  const hidden = masks()
  return {
    workspace: options.workspace,
    debug: options.debug,
    unsecureCommands: options.unsecureCommands,
    masks: hidden,
    log: stepLog(hidden, options.onOutput),
    annotations: [],
    outputs: new Map(),
    state: new Map(),
    environment: new Map(),
    paths: [],
    summary: [],
    stdout: [],
    stderr: [],
  }
}

const shownAs = { error: 'Error', warning: 'Warning', notice: 'Notice' }

/** Shows an annotation in the log and keeps it, masked, with its stage's others. */
export function annotate(job: Job, stage: Annotation[], annotation: Annotation): void {
  job.log.write(`${shownAs[annotation.level]}: ${annotation.message}`)
  addAnnotation(stage, {
    ...annotation,
    message: job.masks.hide(annotation.message),
    ...(annotation.title !== undefined && { title: job.masks.hide(annotation.title) }),
  })
}

/** An annotation of the runner itself. */
export function remark(job: Job, stage: Annotation[], level: AnnotationLevel, message: string): void {
  annotate(job, stage, { level, message })
}
