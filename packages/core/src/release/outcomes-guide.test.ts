import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gaveUp, probeFailed } from './conclude.ts'
import { decide, type Facts } from './decide.ts'
import { facts, finding, proven, seen } from './facts.fixture.ts'
import { exitCode, type Outcome, type OutcomeName } from './outcome.ts'

/** The guide says in a user's words what decide() does; each of its rows is evaluated here, so that it cannot drift. */
const guide = readFileSync(new URL('../../../../action-docs/guides/outcomes.md', import.meta.url), 'utf8')

function rowsUnder(header: string): string[][] {
  const lines = guide.slice(guide.indexOf(header)).split('\n').slice(2)
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(0, end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

const mismatch = finding('digest-mismatch')
const unwell = probeFailed(['x'])
const giveUp = gaveUp(3, 'x')

/** What the second column says, as the facts that it stands for. */
const circumstances: Readonly<Record<string, Partial<Facts>>> = {
  '': {},
  'the time is up': {},
  'ECS tells no reason': {},
  'every task runs the right digest': { proof: proven },
  'every task runs the right digest, a probe gets a wrong answer': { proof: proven, unwell },
  'a task runs another digest': { proof: { kind: 'mismatch', finding: mismatch, tasks: [] } },
  'it cannot be proven what runs, or nothing runs': {
    proof: { kind: 'not-provable', finding: mismatch, tasks: [] },
  },
  'another deployment took over during the proof': {
    proof: { kind: 'superseded', by: 'ecs-svc/9', finding: mismatch, tasks: [] },
  },
  '`proof: off`': { proofWanted: false },
  '`proof: off`, a probe gets a wrong answer': { proofWanted: false, unwell },
  'it is that of somebody else': { newDeployment: false },
  '`wait-until: started`': { until: 'started' },
  'tasks failed alike, as often as `early-failure` says': { givenUp: giveUp },
  'another deployment is PRIMARY now': { supersededBy: 'ecs-svc/9' },
  'the circuit breaker or an alarm ended it, without a rollback': { detected: true },
}

function factsOf(status: string, circumstance: string): Facts | undefined {
  const change = circumstances[circumstance]
  if (change === undefined) return undefined
  if (status === 'none was listed') return { ...facts, ...change }
  if (status === 'AWS did not answer') return { ...facts, deployment: { kind: 'undescribed' }, ...change }
  if (status === 'none was needed')
    return { ...facts, deployment: { kind: 'unneeded' }, newDeployment: false, ...change }
  return { ...facts, deployment: seen(status), ...change }
}

const decisions = rowsUnder('| Status of the service deployment |')

test.each(decisions)('%s, %s: %s', (status = '', circumstance = '', outcome = '') => {
  const facts = factsOf(status, circumstance)
  expect(facts, `the test knows no facts for "${circumstance}"`).toBeDefined()
  if (facts !== undefined) expect(`\`${decide(facts).kind}\``).toBe(outcome)
})

test('every status of the API has a row, and every circumstance is used', () => {
  // Source: API reference, ServiceDeployment, `status`.
  const statuses =
    'PENDING SUCCESSFUL STOPPED STOP_REQUESTED IN_PROGRESS ROLLBACK_REQUESTED ROLLBACK_IN_PROGRESS ROLLBACK_SUCCESSFUL ROLLBACK_FAILED'
  const told = new Set(decisions.map(([status]) => status))
  expect(statuses.split(' ').filter((status) => !told.has(status))).toEqual([])
  const used = new Set(decisions.map(([, circumstance]) => circumstance))
  expect(Object.keys(circumstances).filter((each) => !used.has(each))).toEqual([])
})

/** One of each kind; the compiler asks for a new one. */
const examples: Readonly<Record<OutcomeName, Outcome>> = {
  succeeded: { kind: 'succeeded', tasks: 1 },
  'no-change': { kind: 'no-change', tasks: 1 },
  planned: { kind: 'planned', changes: true },
  started: { kind: 'started' },
  refused: { kind: 'refused', cause: 'x' },
  failed: { kind: 'failed', cause: 'x' },
  unhealthy: { kind: 'unhealthy', cause: 'x' },
  unverified: { kind: 'unverified', cause: 'x' },
  'timed-out': { kind: 'timed-out', after: '1m', deployment: { kind: 'unlisted' }, cause: undefined },
  superseded: { kind: 'superseded', by: 'x' },
  stopped: { kind: 'stopped', cause: 'x' },
  'rolled-back': { kind: 'rolled-back', cause: 'x', to: undefined },
  'rollback-failed': { kind: 'rollback-failed', cause: 'x' },
}

test('the guide has every word in its order, with its colour', () => {
  const words = rowsUnder('| `outcome` | Step | What it says').map(([word, step]) => [word, step])
  const expected = Object.values(examples).map((each) => [
    `\`${each.kind}\``,
    exitCode(each) === 0 ? 'green' : 'red',
  ])
  expect(words).toEqual(expected)
})
