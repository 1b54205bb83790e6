import {
  code,
  exitCode,
  formatDuration,
  link,
  nameInArn,
  type Outcome,
  type Proof,
  shortEvent,
  type Text,
} from '@ecs-release/core'
import { stoppedLines, targetLines } from './diagnosis-text.ts'
import { asPlatform, expectedBy } from './ending.ts'
import { guide } from './guide.ts'
import type { Result } from './result.ts'
import { hasBegun, textOf } from './rollback/rollback.ts'
import type { Run } from './run.ts'

/** The page on the run: a sentence, one table, what to do, and below it what one would look up. */
export function summarize(run: Run, result: Result): void {
  const { before, findings, investigation, message, outcome } = result
  const { summary } = run
  summary.heading(`${signOf(outcome)} ${before.name}: ${outcome.kind}`)
  summary.sentence(`${message}.`)
  summary.table(['Outcome', outcome.kind], rowsOf(run, result))
  const sections = guide(run.env, 'troubleshooting.md')
  for (const { cause, code: name, remedy } of findings)
    summary.sentence('Cause: ', cause, '. ', 'To do: ', remedy, ' (', link(name, sections), ')')
  if (result.changes.length > 0) summary.details('What would change', result.changes.join('\n'), 'diff')
  const tail = investigation?.log
  if (tail?.kind === 'lines')
    summary.details(`Last log lines of container ${tail.container}`, tail.lines.join('\n'))
  else if (tail !== undefined) summary.sentence('No log: ', tail.why)
  if (investigation === undefined) return
  const seen = [...stoppedLines(investigation.stopped), ...targetLines(investigation.targets)]
  if (seen.length > 0) summary.details('Stopped tasks and targets', seen.join('\n'))
  if (investigation.events.length > 0)
    summary.details('Service events', investigation.events.map(shortEvent).join('\n'))
}

function rowsOf({ clock, inputs, startedAt }: Run, result: Result): Text[][] {
  const { before, images, outcome, probed, proof, release, rollback, taskDefinitionArn } = result
  const old = nameInArn(before.taskDefinitionArn)
  const unregistered = outcome.kind === 'planned' ? 'a new revision' : old
  const target = taskDefinitionArn === undefined ? unregistered : nameInArn(taskDefinitionArn)
  const rows: Text[][] = [
    ['Service', `${before.clusterName}/${before.name}`],
    ['Task definition', old === target ? old : `${old} → ${target}`],
  ]
  if (outcome.kind === 'rolled-back') rows.push(['Runs now', runsNow(outcome.to, old)])
  if (rollback?.kind === 'done') rows.push(['Runs now', rollback.to])
  if (release !== undefined)
    rows.push(['Deployment', `${release.deploymentId} (${release.status ?? 'no new one'})`])
  if (rollback !== undefined) rows.push(['Rollback', textOf(rollback)])
  for (const { fault, tries, url } of probed)
    rows.push([`Probe ${url}`, fault ?? `right after ${tries} tries`])
  // What is wanted and what runs can differ when somebody only looks.
  const image = inputs.mode === 'verify' ? 'Expected image' : 'Image'
  if (proof?.kind !== 'proven')
    rows.push(...[...images].map(([container, asked]): Text[] => [`${image} of ${container}`, code(asked)]))
  rows.push(...(proof === undefined ? [] : proofRows(proof, hasBegun(rollback))))
  rows.push(['Duration', formatDuration((clock.now() - startedAt) / 1000)])
  return rows
}

/** What runs after a rollback. ECS goes back to the last deployment that had completed, which need not be the one before. */
function runsNow(to: string | undefined, before: string): string {
  if (to === undefined) return 'an earlier revision, which ECS did not name'
  if (to === before) return to
  return `${to}, not ${before}, which ran before: its deployment had not completed`
}

function signOf(outcome: Outcome): string {
  if (outcome.kind === 'started') return '▶️'
  return exitCode(outcome) === 0 ? '✅' : '❌'
}

/** `over`: something else has been deployed since. */
function proofRows(proof: Proof, over: boolean): Text[][] {
  if (proof.kind !== 'proven') return [['Proof', `not proven: ${proof.finding.cause}`]]
  const then = over ? ' before the rollback' : ''
  const of = `${proof.tasks.length} of ${proof.tasks.length} tasks`
  const digests = proof.containers.flatMap(({ container, image, digest, reported, source }): Text[][] => [
    [`Image of ${container}${then}`, code(image)],
    [`Digest of ${container}${then}`, code(digest)],
    [
      '',
      `expected by ${expectedBy[source]}; ${over ? 'ran' : 'runs'} on ${of}${asPlatform(digest, reported)}`,
    ],
  ])
  return [
    ...digests,
    ...proof.unproven.map((container): Text[] => [`Digest of ${container}${then}`, 'not reported by ECS']),
  ]
}
