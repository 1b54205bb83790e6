import { setOutput, summary as summaryFile } from '@actions/core'
import { systemClock } from '../time/system-clock.ts'
import type { Main } from './action.ts'
import { failureText, reportFailure } from './failure.ts'
import { githubLog, type Log } from './log.ts'
import type { Environment, Spec } from './spec.ts'
import { type Step, startStep } from './step.ts'
import { newSummary, type Summary } from './summary.ts'

export interface Action<Inputs> {
  inputs: Spec<Inputs>
  /** Imports main.ts, and with it the AWS SDK: wrong inputs are reported without that cost. */
  main(): Promise<{ main: Main<Inputs> }>
}

/** Runs an action as the step of this process. It never rejects; the exit code says how the step ended. */
export async function runAction<Inputs>(action: Action<Inputs>): Promise<void> {
  const log = githubLog()
  const summary = newSummary()
  const env: Environment = process.env
  const step = startStep(log)
  try {
    await run(action, { log, summary, env, step })
  } catch (error) {
    step.fail()
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
}

async function run<Inputs>(action: Action<Inputs>, { log, summary, env, step }: Surroundings): Promise<void> {
  const output = (name: string, value: string) => writeOutput(name, value, env, log)
  const inputs = action.inputs.read(env)
  const { main } = await action.main()
  const result = await main({ inputs, log, summary, clock: systemClock, env, output, signal: step.signal })
  for (const [name, value] of Object.entries(result.outputs)) output(name, value)
  if (result.failure !== undefined) {
    step.fail()
    log.error(failureText(result.failure, result.hint))
  }
}

function writeOutput(name: string, value: string, env: Environment, log: Log): void {
  // Outside GitHub there is no file, and the toolkit would print a command that no runner reads.
  if (env.GITHUB_OUTPUT) setOutput(name, value)
  else log.info(`${name}: ${value}`)
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
