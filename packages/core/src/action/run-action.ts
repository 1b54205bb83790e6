import { saveState, setOutput, summary as summaryFile } from '@actions/core'
import { systemClock } from '../time/system-clock.ts'
import type { Main, Post } from './action.ts'
import { thrownText } from './causes.ts'
import { describeFailure, failureText, headline, reportFailure } from './failure.ts'
import { oneLine, outputText } from './foreign-text.ts'
import { inTime } from './in-time.ts'
import { githubLog, type Log } from './log.ts'
import { type Environment, inputText, type Spec } from './spec.ts'
import { type Step, startStep } from './step.ts'
import { newSummary, type Summary } from './summary.ts'

export interface Action<Inputs> {
  inputs: Spec<Inputs>
  /** The input that names what the step is about, for the page of the run. */
  subject?: string
  /** What later steps may read without asking how it ended: these outputs are set even if an error ended it. */
  otherwise?: Readonly<Record<string, string>>
  /** Imports main.ts, and with it the AWS SDK: wrong inputs are reported without that cost. */
  main(): Promise<{ main: Main<Inputs> }>
  /** Imports post.ts, for an action.yml whose `post` is the same file as its `main`. */
  post?(): Promise<{ post: Post<Inputs> }>
}

/** Runs an action as the step of this process. It never rejects; the exit code says how the step ended. */
export async function runAction<Inputs>(action: Action<Inputs>): Promise<void> {
  const log = githubLog()
  const summary = newSummary()
  const env: Environment = process.env
  const step = startStep(log)
  const outputs = outputsOf(step, env, log)
  try {
    if (action.post !== undefined && env[`STATE_${STARTED}`] === 'true') {
      await runPost(action.post, action.inputs, { log, summary, env, step, outputs })
    } else await run(action, { log, summary, env, step, outputs })
  } catch (error) {
    step.fail()
    sayHowItEnded(error, { outputs, summary, env }, action)
    await reportFailure(log, error)
  }
  await writeSummary(summary, env, log)
  step.done()
  // What a cancelled step still waits for would hold the process until the runner kills it.
  if (step.signal.aborted) process.exit()
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
  const save = (name: string, value: string): void => {
    if (env.GITHUB_STATE) saveState(name, value)
  }
  if (action.post !== undefined) save(STARTED, 'true')
  const { signal } = step
  const output = outputs.set
  const context = { inputs, log, summary, clock: systemClock, env, output, save, signal }
  const result = await inTime(main(context), signal)
  for (const [name, value] of Object.entries(result.outputs)) output(name, value)
  if (result.failure !== undefined) {
    step.fail()
    log.error(failureText(oneLine(result.failure), result.hint))
  }
}

/** The runner hands what main saved to post as STATE_NAME: how the one file knows which of the two it is. */
const STARTED = 'started'

/** What goes wrong after the job is told and fails nothing: the step has ended long before. */
async function runPost<Inputs>(
  load: NonNullable<Action<Inputs>['post']>,
  spec: Spec<Inputs>,
  { log, summary, env, step }: Surroundings,
): Promise<void> {
  try {
    const { post } = await load()
    const saved = (name: string): string | undefined => env[`STATE_${name}`]
    const { signal } = step
    await post({ inputs: spec.read(env), log, summary, clock: systemClock, env, saved, signal })
  } catch (error) {
    log.warning(oneLine(error instanceof Error ? error.message : thrownText(error)))
  }
}

/** Every action has these outputs, and a step that runs whatever happened before may ask for them. */
function sayHowItEnded(
  error: unknown,
  { outputs, summary, env }: Pick<Surroundings, 'outputs' | 'summary' | 'env'>,
  { otherwise, subject }: Pick<Action<never>, 'otherwise' | 'subject'>,
): void {
  const message = error instanceof Error ? error.message : thrownText(error)
  const ending = { ...otherwise, outcome: 'failed', findings: '[]', message: headline(message) }
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
  const set = (name: string, text: string) => {
    names.add(name)
    const value = outputText(name === 'message' ? oneLine(text) : text)
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
