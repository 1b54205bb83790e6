/** A workflow command that a step printed as an annotation. */
export interface Annotation {
  level: string
  message: string
}

/** One job of a run, as far as act tells of it. */
export interface ActJob {
  /** As act puts it together: the caller's name and the names of workflow and job. */
  name: string
  result: string
  /** By step id and name. */
  outputs: Record<string, Record<string, string>>
  steps: { name: string; result: string }[]
  annotations: Annotation[]
  summary: string
  log: string
}

/** A line of `act --json`. Source: act 0.2.87, its JSON log formatter; which members a line has depends on what it tells. */
interface Line {
  job?: string
  level?: string
  msg?: string
  matrix?: Record<string, unknown>
  step?: string
  stepID?: string[]
  raw_output?: boolean
  raw?: string
  command?: string
  name?: string
  arg?: string
  content?: string
  stepResult?: string
  jobResult?: string
}

/** Collects the jobs of a run from its log, line by line. */
export function actLog(): { read(line: string): void; jobs(): ActJob[] } {
  const jobs = new Map<string, ActJob>()
  return {
    read(text) {
      const line: Line = JSON.parse(text)
      const name = (line.job ?? '').trim()
      const job = jobs.get(name) ?? newJob(name)
      jobs.set(name, job)
      take(job, line)
    },
    // A caller by tag has lines of its own, and no steps.
    jobs: () => [...jobs.values()].filter(({ steps }) => steps.length > 0),
  }
}

function newJob(name: string): ActJob {
  return { name, result: 'none', outputs: {}, steps: [], annotations: [], summary: '', log: '' }
}

function take(job: ActJob, line: Line): void {
  const annotation = line.command === 'ignored' ? undefined : annotationOf(line.raw ?? '')
  if (line.raw_output) job.log += line.msg ?? ''
  else if (annotation !== undefined) job.annotations.push(annotation)
  else if (line.command === 'set-output') output(job, line)
  else if (line.command === 'summary') job.summary += line.content ?? ''
  else if (line.stepResult !== undefined) job.steps.push({ name: line.step ?? '', result: line.stepResult })
  if (line.jobResult !== undefined) job.result = line.jobResult
}

function output({ outputs }: ActJob, { arg = '', name = '', stepID = [] }: Line): void {
  const id = stepID.join('.')
  outputs[id] = { ...outputs[id], [name]: arg }
}

/** act splits a command at its last `::`, which an ARN holds too; the line as printed is whole. */
function annotationOf(raw: string): Annotation | undefined {
  const found = /^::(error|warning|notice)(?: [^:]*)?::(.*)/s.exec(raw.trimEnd())
  if (found === null) return undefined
  const [, level = '', message = ''] = found
  return {
    level,
    message: message.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%'),
  }
}
