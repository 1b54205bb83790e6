import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { type Deployed, type World, type WorldOptions, world } from './world.fixture.ts'

/** A cause that is set up in the account or in what is deployed, and what a person reads about it. */
export interface Scenario {
  options?: WorldOptions
  /** Sets the cause up; what it returns is what the step is given. */
  cause(aws: World): Promise<Record<string, string>>
  /** The error annotation: what was deployed and how it ended, the cause, and what to do. */
  reads(inputs: Record<string, string>): string
  /** What the summary shows of it. */
  shows?: string
  /** All findings, so that none is there that only looks like it. */
  codes: readonly string[]
}

/** The beginning of the error of a release that ECS rolled back. */
export const rolledBack = 'orders:2 failed on orders and ECS rolled back to orders:1: '

/** Runs the step and checks what it says, in the log and in the summary. */
export async function plays({ options, cause, codes, reads, shows = '' }: Scenario): Promise<void> {
  await using aws = await world(options)
  const inputs = await cause(aws)
  await using run = await aws.deploy(inputs)
  const error = likeThree(errorOf(run))
  assert.equal(error, reads(inputs))
  assert.deepEqual(codesOf(run), codes)
  const [said = '', remedy = ''] = error.split('\n')
  const [, told = said] = said.split(rolledBack)
  assert.ok(run.log.includes(`To do: ${remedy}`), run.log)
  // Once where it is found out, once in the error.
  assert.equal(likeThree(run.log).split(told).length, 3, run.log)
  assert.ok(unescaped(run.summary).includes(`To do: ${remedy}`), run.summary)
  assert.ok(run.summary.includes(shows), run.summary)
  // Target groups go by their names.
  assert.doesNotMatch(run.summary + run.log, /targetgroup\//)
}

/** On a busy machine more tasks than the three of the circuit breaker have failed by the time that they are counted. */
function likeThree(text: string): string {
  return text.replace(/\bin ([4-9]|\d\d+) tasks\b/g, 'in 3 tasks')
}

/** A release under conditions that look much like a cause: it succeeds, and finds nothing. */
export async function succeeds(
  options: WorldOptions,
  change: (aws: World) => Promise<Record<string, string>>,
): Promise<void> {
  await using aws = await world(options)
  await using run = await aws.deploy(await change(aws))
  assert.deepEqual([run.outputs.outcome, run.outputs.findings], ['succeeded', '[]'], run.log)
}

export function errorOf({ annotations }: Deployed): string {
  return annotations.find(({ level }) => level === 'error')?.message ?? 'no error'
}

export function codesOf({ outputs }: Deployed): string[] {
  const findings: { code: string }[] = JSON.parse(outputs.findings ?? '[]')
  return findings.map(({ code }) => code)
}

/** Markdown as it reads. */
function unescaped(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(lt|gt|amp|#39|quot);/g, (entity) => entities[entity] ?? entity)
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&#39;': "'",
  '&quot;': '"',
}

/** Waits for a second task to run beside the first. */
export async function newTaskRuns({ stack, testbed }: World): Promise<void> {
  const { cluster, service } = stack
  for (;;) {
    await wait(50)
    const answer = await testbed.clients.ecs.describeServices({ cluster, services: [service] })
    const [primary, ...others] = answer.services?.[0]?.deployments ?? []
    if (others.length > 0 && (primary?.runningCount ?? 0) > 0) return
  }
}
