import { setOutput, summary as summaryFile } from '@actions/core'
import { systemClock } from '../time/system-clock.ts'
import type { Main } from './action.ts'
import { thrownText } from './causes.ts'
import { describeFailure, failureText, reportFailure } from './failure.ts'
import { oneLine } from './foreign-text.ts'
import { githubLog, type Log } from './log.ts'
import { type Environment, inputText, type Spec } from './spec.ts'
import { type Step, startStep } from './step.ts'
import { newSummary, type Summary } from './summary.ts'

export interface Action<Inputs> {
  inputs: Spec<Inputs>
  /** The input that names what the step is about, for the page of the run. */
  subject?: string
  /** Imports main.ts, and with it the AWS SDK: wrong inputs are reported without that cost. */
  main(): Promise<{ main: Main<Inputs> }>
}

/** Runs an action as the step of this process. It never rejects; the exit code says how the step ended. */
export async function runAction<Inputs>(action: Action<Inputs>): Promise<void> {
  const log = githubLog()
  const summary = newSummary()
  const env: Environment = process.env
  const step = startStep(log)
  const outputs = outputsOf(step, env, log)
  try {
    await run(action, { log, summary, env, step, outputs })
  } catch (error) {
    step.fail()
    sayHowItEnded(error, { outputs, summary, env }, action.subject)
    await reportFailure(log, error)
  }
  await writeSummary(summary, env, log)
  step.done()
}

interface Surroundings {
  log: Log
  summary: Summary
  env: Environment
  step: Step
  outputs: Outputs
}

async function run<Inputs>(action: Action<Inputs>, surroundings: Surroundings): Promise<void> {
  const { log, summary, env, step, outputs } = surroundings
  const inputs = action.inputs.read(env)
  const { main } = await action.main()
  const output = outputs.set
  const result = await main({ inputs, log, summary, clock: systemClock, env, output, signal: step.signal })
  for (const [name, value] of Object.entries(result.outputs)) output(name, value)
  if (result.failure !== undefined) {
    step.fail()
    log.error(failureText(result.failure, result.hint))
  }
}

/** Every action has these outputs, and a step that runs whatever happened before may ask for them. */
function sayHowItEnded(
  error: unknown,
  { outputs, summary, env }: Pick<Surroundings, 'outputs' | 'summary' | 'env'>,
  subject: string | undefined,
): void {
  const message = error instanceof Error ? error.message : thrownText(error)
  const ending = { outcome: 'failed', findings: '[]', message: oneLine(message) }
  for (const [name, value] of Object.entries(ending))
    if (env.GITHUB_OUTPUT && !outputs.has(name)) outputs.set(name, value)
  if (summary.markdown() !== '') return
  const about = subject && inputText(env, subject)
  describeFailure(summary.heading(about ? `❌ ${about}: failed` : '❌ failed'), error, message)
}

interface Outputs {
  set(name: string, value: string): void
  has(name: string): boolean
}

/** Outputs that later steps would miss fail the step, but hide no other error. */
function outputsOf(step: Step, env: Environment, log: Log): Outputs {
  const names = new Set<string>()
  const set = (name: string, value: string) => {
    names.add(name)
    try {
      // Outside GitHub there is no file, and the toolkit would print a command that no runner reads.
      if (env.GITHUB_OUTPUT) setOutput(name, value)
      else log.info(`${name}: ${value}`)
    } catch (error) {
      step.fail()
      log.warning(`The output ${name} could not be written: ${String(error)}`)
    }
  }
  return { set, has: (name) => names.has(name) }
}

/** A page that cannot be written is no reason to fail a release that went well. */
async function writeSummary(summary: Summary, env: Environment, log: Log): Promise<void> {
  const page = summary.markdown()
  if (page === '' || !env.GITHUB_STEP_SUMMARY) return
  try {
    await summaryFile.addRaw(page).write()
  } catch (error) {
    log.warning(`The job summary could not be written: ${String(error)}`)
  }
}
