import { type Annotation, annotationOf } from './annotation.ts'
import { type Command, commandNames, parseCommand } from './command-line.ts'
import { annotate, type Job, remark } from './job.ts'

/** Reads what one stage prints: commands take effect, all the rest is shown. */
export interface StageOutput {
  line(text: string): void
  /** Whether a command could not be processed, which fails the step. */
  failed(): boolean
}

const longToken = 6

export function stageOutput(job: Job, annotations: Annotation[]): StageOutput {
  let failed = false
  let echo = false
  let resumeToken: string | undefined
  const process = (command: Command): boolean => {
    if (command.name === 'stop-commands') {
      resumeToken = checkedToken(command.data)
      if (resumeToken.length > longToken) job.masks.add(resumeToken)
    } else if (command.name === 'echo') {
      echo = switched(command.data)
    } else {
      return obey(command, job, annotations)
    }
    return true
  }
  return {
    failed: () => failed,
    line(text) {
      const command = parseCommand(text, resumeToken)
      if (resumeToken !== undefined) {
        if (command?.name === resumeToken.toLowerCase()) resumeToken = undefined
        return job.log.write(text)
      }
      if (!command) return job.log.write(text)
      try {
        const mayEcho = process(command)
        if (echo && mayEcho && command.name !== 'echo') job.log.write(text)
      } catch (error) {
        failed = true
        remark(job, annotations, 'error', `Unable to process command '${text}' successfully.`)
        remark(job, annotations, 'error', error instanceof Error ? error.message : String(error))
      }
    },
  }
}

/** Does what a command asks for; false when it is never echoed. Throws when it cannot be done. */
function obey(command: Command, job: Job, annotations: Annotation[]): boolean {
  const { name, data } = command
  switch (name) {
    case 'error':
    case 'warning':
    case 'notice':
      annotate(job, annotations, annotationOf(name, command, job.workspace))
      return false
    case 'debug':
      if (job.debug) job.log.write(`##[debug]${data}`)
      return false
    case 'add-mask':
      if (!job.masks.add(data)) remark(job, annotations, 'warning', emptyMask)
      return false
    case 'group':
      job.log.openGroup(data)
      return false
    case 'endgroup':
      job.log.closeGroup()
      return false
    case 'set-output':
      remark(job, annotations, 'warning', deprecated(name))
      job.outputs.set(nameOf(command), data)
      return true
    case 'save-state':
      remark(job, annotations, 'warning', deprecated(name))
      job.state.set(nameOf(command), data)
      return true
    case 'set-env':
    case 'add-path':
      return changeEnvironment(command, job)
    default:
      // Problem matchers would turn a compiler's output into annotations; none of the actions prints any.
      return true
  }
}

function changeEnvironment(command: Command, job: Job): boolean {
  if (!job.unsecureCommands) {
    throw new Error(`The \`${command.name}\` command is disabled. Use an environment file instead.`)
  }
  if (command.name === 'add-path') job.paths.push(command.data)
  else job.environment.set(nameOf(command), command.data)
  return true
}

const emptyMask = "Can't add secret mask for empty string in ##[add-mask] command."

function deprecated(name: string): string {
  return `The \`${name}\` command is deprecated. Use an environment file instead.`
}

function nameOf({ name, properties }: Command): string {
  const given = properties.name
  if (given === undefined) throw new Error(`Required field 'name' is missing in ##[${name}] command.`)
  return given
}

function checkedToken(token: string): string {
  const lower = token.toLowerCase()
  if (token === '' || lower === 'pause-logging' || commandNames.has(lower)) {
    throw new Error(`Invoked ::stop-commands:: with the token [${token}], which is insecure.`)
  }
  return token
}

function switched(data: string): boolean {
  const value = data.trim().toLowerCase()
  if (value !== 'on' && value !== 'off') {
    throw new Error(
      `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`,
    )
  }
  return value === 'on'
}
