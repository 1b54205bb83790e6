import {
  type ActionContext,
  ActionError,
  awsClients,
  type Clock,
  connect,
  connectPreflight,
  connectRegistry,
  type EcrImages,
  type Environment,
  ecrImages,
  type Log,
  type Logbook,
  newLogbook,
  type PreflightCalls,
  type ReleaseCalls,
  type Summary,
} from '@ecs-release/core'
import type { Inputs } from './inputs.ts'
import { serviceId } from './service-id.ts'

/** What every part of a run needs. */
export interface Run {
  inputs: Inputs
  log: Log
  logbook: Logbook
  summary: Summary
  calls: ReleaseCalls
  images: EcrImages
  preflightCalls: PreflightCalls
  clock: Clock
  env: Environment
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  startedAt: number
  /** Tells of an error that does not end the run, once for each text. */
  trouble(error: unknown): void
  /**
   * Annotates the step, once in a run for each text, as what is checked again after a wait is found again. `about` stands for a text
   * that changes with time. Returns whether it was told now.
   */
  annotate(level: 'notice' | 'warning', text: string, about?: string): boolean
}

type Surroundings = Pick<ActionContext<Inputs>, 'inputs' | 'log' | 'summary' | 'clock' | 'env' | 'signal'>

export function startRun({ inputs, log, summary, clock, env, signal }: Surroundings): Run {
  const logbook = newLogbook(clock)
  const clientsIn = (region = inputs.awsRegion) => awsClients({ region, env, userAgent: 'ecs-deploy-verify' })
  const calls = connect(clientsIn(), serviceId(inputs), logbook.called)
  const images = ecrImages({ calls: connectRegistry(clientsIn, logbook.called), clock, signal })
  const preflightCalls = connectPreflight(clientsIn, logbook.called)
  const told = new Set<string>()
  const trouble = (error: unknown): void => {
    const text = error instanceof Error ? error.message : String(error)
    const hint = error instanceof ActionError && error.code === 'access-denied' ? ` ${error.hint ?? ''}` : ''
    if (told.has(text)) return
    told.add(text)
    log.info(`${text}${hint}`)
    logbook.note(text)
  }
  const annotate: Run['annotate'] = (level, text, about = text) => {
    if (told.has(about)) return false
    told.add(about)
    log[level](text)
    return true
  }
  const startedAt = clock.now()
  return {
    inputs,
    log,
    logbook,
    summary,
    calls,
    images,
    preflightCalls,
    clock,
    env,
    signal,
    startedAt,
    trouble,
    annotate,
  }
}
