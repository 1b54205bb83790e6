import type { Annotation } from './annotation.ts'
import { type CommandFiles, contentOf, parseAssignments, parsePaths } from './file-commands.ts'
import { type Job, remark } from './job.ts'

const summaryLimit = 1024 * 1024

/**
 * Lets what a stage wrote into its files take effect, whatever its exit code. A file that cannot be read is an error
 * annotation and fails the step, which the answer tells; what stood before the mistake has taken effect.
 */
export function applyFiles(files: CommandFiles, job: Job, annotations: Annotation[]): boolean {
  const steps: [name: string, apply: () => void][] = [
    ['path', () => void job.paths.push(...parsePaths(contentOf(files.GITHUB_PATH).toString()))],
    ['env', () => addEnvironment(contentOf(files.GITHUB_ENV).toString(), job, annotations)],
    ['step_summary', () => addSummary(contentOf(files.GITHUB_STEP_SUMMARY), job, annotations)],
    ['state', () => assignAll(contentOf(files.GITHUB_STATE).toString(), job.state)],
    ['output', () => assignAll(contentOf(files.GITHUB_OUTPUT).toString(), job.outputs)],
  ]
  let applied = true
  for (const [name, apply] of steps) {
    try {
      apply()
    } catch (error) {
      applied = false
      remark(job, annotations, 'error', `Unable to process file command '${name}' successfully.`)
      remark(job, annotations, 'error', error instanceof Error ? error.message : String(error))
    }
  }
  return applied
}

function assignAll(text: string, target: Map<string, string>): void {
  for (const [name, value] of parseAssignments(text)) target.set(name, value)
}

function addEnvironment(text: string, job: Job, annotations: Annotation[]): void {
  for (const [name, value] of parseAssignments(text)) {
    if (name.toUpperCase() !== 'NODE_OPTIONS') job.environment.set(name, value)
    else
      remark(job, annotations, 'error', `Can't store ${name} output parameter using '$GITHUB_ENV' command.`)
  }
}

function addSummary(content: Buffer, job: Job, annotations: Annotation[]): void {
  if (content.length === 0) return
  if (content.length <= summaryLimit) {
    job.summary.push(job.masks.hide(content.toString()))
    return
  }
  const [limit, size] = [summaryLimit, content.length].map((bytes) => Math.floor(bytes / 1024))
  const message = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit}k, got ${size}k.`
  remark(job, annotations, 'error', message)
}
