import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../repository.ts'

export interface Job {
  if?: string
  needs?: string | string[]
  uses?: string
  with?: Record<string, string>
  secrets?: Record<string, string>
  environment?: unknown
  concurrency?: { group: string; 'cancel-in-progress': boolean }
  strategy?: Record<string, unknown>
  permissions: Record<string, string>
  steps?: {
    id?: string
    if?: string
    name?: string
    uses?: string
    run?: string
    with?: Record<string, string>
  }[]
}

export interface Workflow {
  on: {
    workflow_call: {
      inputs: Record<string, { default?: unknown; type: string }>
      outputs: Record<string, { value: string }>
      secrets?: Record<string, { required?: boolean }>
    }
  }
  jobs: Record<string, Job>
}

/** A reusable workflow of this repository, by its name without `.yml`. */
export const workflowOf = (name: string): Workflow =>
  parse(readFileSync(join(root, '.github/workflows', `${name}.yml`), 'utf8'))

export const inputsOf = (name: string): Workflow['on']['workflow_call']['inputs'] =>
  workflowOf(name).on.workflow_call.inputs

export const jobsOf = (name: string): Record<string, Job> => workflowOf(name).jobs

/** The shell script of a job's step. */
export function scriptOf(workflow: string, job: string, step: string): string {
  const found = jobsOf(workflow)[job]?.steps?.find(({ id }) => id === step)?.run
  if (found === undefined) throw new Error(`${workflow}.yml has no script ${step} in ${job}`)
  return found
}
