import { parse } from 'yaml'
import { suite } from '../suite.ts'
import type { SourceFile } from './dependency-direction.ts'
import { type Described, described } from './described.ts'
import type { Problem } from './problem.ts'

interface Job {
  name?: string
  uses?: string
  permissions?: unknown
  'timeout-minutes'?: unknown
  secrets?: unknown
}

interface Workflow {
  on?: { workflow_call?: Partial<Record<'inputs' | 'outputs' | 'secrets', Record<string, Described>>> }
  permissions?: unknown
  defaults?: { run?: { shell?: unknown } }
  jobs?: Record<string, Job>
}

/** The rules for workflows that neither actionlint nor zizmor knows. */
export function workflowRules(files: readonly SourceFile[]): Problem[] {
  return files
    .filter(({ path }) => path.startsWith('.github/workflows/'))
    .flatMap((file) => {
      const workflow: Workflow = parse(file.text)
      const { inputs, outputs, secrets } = workflow.on?.workflow_call ?? {}
      const problems = [
        ...ofWorkflow(workflow),
        ...described(inputs, outputs, secrets),
        ...ofLines(file.text),
      ]
      return problems.map((message) => ({ file: file.path, message }))
    })
}

function ofWorkflow({ defaults, jobs = {}, permissions }: Workflow): string[] {
  const problems = Object.entries(jobs).flatMap(([id, job]) => ofJob(id, job))
  if (JSON.stringify(permissions) !== '{}') problems.push('begin with permissions: {}')
  // Without it a pipe that breaks in the middle goes unnoticed: the default shell has no pipefail.
  if (defaults?.run?.shell !== 'bash') problems.push('set defaults.run.shell to bash')
  return problems
}

function ofJob(id: string, job: Job): string[] {
  const problems: string[] = []
  if (job.name === undefined) problems.push(`the job ${id} has no name`)
  if (job.permissions === undefined) problems.push(`the job ${id} does not say which permissions it needs`)
  if (job.secrets === 'inherit')
    problems.push(`the job ${id} hands on all secrets: name the ones that are needed`)
  if (job.uses === undefined && job['timeout-minutes'] === undefined)
    problems.push(`the job ${id} has no timeout-minutes`)
  return problems
}

/** What only the text tells: comments. */
function ofLines(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = `line ${index + 1}: `
    const uses = /^\s*(?:- )?uses: (\S+)(.*)$/.exec(line)
    const [, reference = '', rest = ''] = uses ?? []
    const ours = reference.startsWith('./') || reference.startsWith(`${suite}/`)
    if (uses !== null && !ours && !(/@[0-9a-f]{40}$/.test(reference) && /^ # v\d+\.\d+\.\d+$/.test(rest)))
      return [`${at}pin ${reference} by its SHA, with the version as a comment`]
    const granted = /^\s+(?:[a-z-]+: (?:read|write)|permissions: \{\})(.*)$/.exec(line)
    return granted !== null && !/^ # \S/.test(granted[1] ?? '')
      ? [`${at}say why the permission is needed`]
      : []
  })
}
