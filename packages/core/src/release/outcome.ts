import type { Unended } from './sight.ts'

/** How a deployment ended, as the output `outcome` says it. */
export type OutcomeName =
  | 'succeeded'
  | 'no-change'
  | 'planned'
  | 'started'
  | 'refused'
  | 'failed'
  | 'unhealthy'
  | 'unverified'
  | 'timed-out'
  | 'superseded'
  | 'stopped'
  | 'rolled-back'
  | 'rollback-failed'

/** How it ended, with what a sentence about it needs. `cause` is one line without a final period. */
export type Outcome =
  /** `tasks` is undefined where nobody asked for a proof. */
  | { kind: 'succeeded' | 'no-change'; tasks: number | undefined }
  | { kind: 'planned'; changes: boolean }
  | { kind: 'started' }
  | { kind: 'refused' | 'failed' | 'unhealthy' | 'unverified' | 'stopped'; cause: string }
  | { kind: 'timed-out'; after: string; deployment: Unended; cause: string | undefined }
  | { kind: 'superseded'; by: string }
  | { kind: 'rolled-back'; cause: string; to: string | undefined }
  | { kind: 'rollback-failed'; cause: string }

/** The exit code of the step. Only what was asked for and is certain is green. */
export function exitCode(outcome: Outcome): 0 | 1 {
  switch (outcome.kind) {
    case 'succeeded':
    case 'no-change':
    case 'planned':
    case 'started':
      return 0
    case 'refused':
    case 'failed':
    case 'unhealthy':
    case 'unverified':
    case 'timed-out':
    case 'superseded':
    case 'stopped':
    case 'rolled-back':
    case 'rollback-failed':
      return 1
  }
}

interface Names {
  service: string
  /** What was to run: `web:5`. */
  what: string
  /** Whether an earlier revision runs again, so that what was seen of `what` is over. */
  broughtBack?: boolean
}

/** One line for the error annotation, the summary and a notification: what became of `what` on `service`. */
export function messageOf(outcome: Outcome, { broughtBack = false, service, what }: Names): string {
  switch (outcome.kind) {
    case 'succeeded':
      return `${service} runs ${what}${proven(outcome.tasks)}`
    case 'no-change':
      return `${service} already ran ${what}${proven(outcome.tasks)}; nothing was deployed`
    case 'planned':
      return outcome.changes ? `${what} would be deployed to ${service}` : `${service} would stay as it is`
    case 'started':
      return `The deployment of ${what} to ${service} has started; how it ends was not waited for`
    case 'refused':
      return `${what} was not deployed to ${service}: ${outcome.cause}`
    case 'failed':
      return `The deployment of ${what} to ${service} failed: ${outcome.cause}`
    case 'unhealthy':
      return broughtBack
        ? `${service} ran ${what} and was not healthy: ${outcome.cause}`
        : `${service} runs ${what} and is not healthy: ${outcome.cause}`
    case 'unverified':
      return `It is not proven that ${service} runs ${what}: ${outcome.cause}`
    case 'timed-out':
      return timedOut(outcome, service, what)
    case 'superseded':
      return `The deployment of ${what} to ${service} was superseded by ${outcome.by}`
    case 'stopped':
      return `The deployment of ${what} to ${service} was stopped: ${outcome.cause}`
    case 'rolled-back':
      return `${what} failed on ${service} and ECS rolled back${outcome.to === undefined ? '' : ` to ${outcome.to}`}: ${outcome.cause}`
    case 'rollback-failed':
      return `${what} failed on ${service}, and so did the rollback: ${outcome.cause}`
  }
}

function timedOut(
  { after, cause, deployment }: Outcome & { kind: 'timed-out' },
  service: string,
  what: string,
): string {
  const of = `deployment of ${what} to ${service}`
  const why = cause === undefined ? '' : `: ${cause}`
  switch (deployment.kind) {
    case 'seen':
      return `The ${of} had not ended after ${after}, its status was ${deployment.status}${why}`
    case 'unlisted':
      return `The ${of} had not ended after ${after}, ECS had not listed it yet${why}`
    case 'undescribed':
      return `How the ${of} goes is not known after ${after}, as AWS did not once answer what its status is${why}`
  }
}

function proven(tasks: number | undefined): string {
  if (tasks === undefined) return ', by what Amazon ECS says of its deployment; no digest was compared'
  return ` on ${tasks === 1 ? '1 task' : `${tasks} tasks`}, proven by digest`
}
