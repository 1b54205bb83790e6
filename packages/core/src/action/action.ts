import type { Clock } from '../time/clock.ts'
import type { Log } from './log.ts'
import type { Environment } from './spec.ts'
import type { Summary } from './summary.ts'

/** All that an action gets from its surroundings. */
export interface ActionContext<Inputs> {
  inputs: Inputs
  log: Log
  /** Written to the run's page when the action ends, however it ends. */
  summary: Summary
  clock: Clock
  env: Environment
  /** Sets an output that stands even if the action throws later on. */
  output(name: string, value: string): void
  /** Keeps a text for the post step of an action that has one; a later text of the same name replaces it. */
  save(name: string, value: string): void
  /** Aborted with a `cancelled` ActionError when the job is cancelled or times out; the runner then waits about 10 seconds. */
  signal: AbortSignal
}

/** How the action ended. */
export interface ActionResult {
  /** By the names of action.yml. */
  outputs: Readonly<Record<string, string>>
  /** Fails the step with this text as its error annotation: for an outcome that is foreseen but bad. */
  failure?: string | undefined
  /** What to do about the failure, as a sentence. */
  hint?: string | undefined
}

/** `export const main: Main<InputsOf<typeof inputs>> = async ({ inputs, log }) => …` */
export type Main<Inputs> = (context: ActionContext<Inputs>) => Promise<ActionResult>

/** What the post step of an action gets: it runs after all steps of the job, in a process of its own. */
export interface PostContext<Inputs> extends Omit<ActionContext<Inputs>, 'output' | 'save'> {
  /** What the main step has saved; undefined for what it has not. */
  saved(name: string): string | undefined
}

/** `export const post: Post<InputsOf<typeof inputs>> = async ({ saved, log }) => …` */
export type Post<Inputs> = (context: PostContext<Inputs>) => Promise<void>
