import { expect, test } from 'vitest'
import { gaveUp, probeFailed } from './conclude.ts'
import { decide, type Facts } from './decide.ts'
import { facts, mismatch, nothingRuns, proven, seen } from './facts.fixture.ts'
import { exitCode, type Outcome } from './outcome.ts'
import { everyStatus } from './test-data.fixture.ts'

const statuses = [...everyStatus, 'A_WORD_OF_TOMORROW'] as const

/** What the wait for `completed` ends with, by status; a SUCCESSFUL deployment is judged by its proof. */
const byStatus: Record<(typeof statuses)[number], Outcome['kind']> = {
  PENDING: 'timed-out',
  IN_PROGRESS: 'timed-out',
  SUCCESSFUL: 'succeeded',
  STOP_REQUESTED: 'timed-out',
  STOPPED: 'stopped',
  ROLLBACK_REQUESTED: 'timed-out',
  ROLLBACK_IN_PROGRESS: 'timed-out',
  ROLLBACK_SUCCESSFUL: 'rolled-back',
  ROLLBACK_FAILED: 'rollback-failed',
  A_WORD_OF_TOMORROW: 'timed-out',
}

const proofs = { proven, mismatch, 'desired 0': nothingRuns, 'no proof': undefined }

/** The whole product of what can be, with what it has to end as. */
const rows = statuses.flatMap((status) =>
  [true, false].flatMap((newDeployment) =>
    [undefined, 'ecs-svc/9'].flatMap((supersededBy) =>
      [true, false].flatMap((detected) =>
        Object.entries(proofs).map(([name, proof]) => {
          const kind = (): Outcome['kind'] => {
            if (status === 'STOPPED')
              return detected ? 'failed' : supersededBy !== undefined ? 'superseded' : 'stopped'
            if (status !== 'SUCCESSFUL') return byStatus[status]
            if (name === 'proven') return newDeployment ? 'succeeded' : 'no-change'
            return name === 'mismatch' ? 'failed' : 'unverified'
          }
          return { status, newDeployment, supersededBy, detected, name, proof, kind: kind() }
        }),
      ),
    ),
  ),
)

test.each(rows)(
  '$status, new $newDeployment, superseded by $supersededBy, detected $detected, $name: $kind',
  ({ status, newDeployment, supersededBy, detected, proof, kind }) => {
    const outcome = decide({
      ...facts,
      deployment: seen(status),
      newDeployment,
      supersededBy,
      detected,
      proof,
    })
    expect(outcome.kind).toBe(kind)
    expect(exitCode(outcome)).toBe(kind === 'succeeded' || kind === 'no-change' ? 0 : 1)
  },
)

const sick = probeFailed(['https://web.example answered 503, not 200'])
const repeated = gaveUp(3, '3 tasks stopped')
const nothingNew: Partial<Facts> = { deployment: { kind: 'unneeded' }, newDeployment: false }

test.each<[string, Partial<Facts>, Outcome['kind'], 0 | 1]>([
  ['never listed', { newDeployment: true, proof: proven }, 'timed-out', 1],
  ['never described', { deployment: { kind: 'undescribed' }, proof: proven }, 'timed-out', 1],
  ['nothing new, proven', { ...nothingNew, proof: proven }, 'no-change', 0],
  ['nothing new, another digest', { ...nothingNew, proof: mismatch }, 'failed', 1],
  ['nothing new, desired 0', { ...nothingNew, proof: nothingRuns }, 'unverified', 1],
  ['nothing new, no proof', nothingNew, 'unverified', 1],
  ['not ours and never listed', { newDeployment: false }, 'unverified', 1],
  [
    'not ours and never listed, no proof wanted',
    { newDeployment: false, proofWanted: false },
    'unverified',
    1,
  ],
  [
    'not ours and never described, no proof wanted',
    { newDeployment: false, deployment: { kind: 'undescribed' }, proofWanted: false, proof: nothingRuns },
    'unverified',
    1,
  ],
  ['no proof wanted', { deployment: seen('SUCCESSFUL'), proofWanted: false }, 'succeeded', 0],
  ['nothing new, no proof wanted', { ...nothingNew, proofWanted: false }, 'no-change', 0],
  [
    'a rollback where no proof was wanted',
    { deployment: seen('ROLLBACK_SUCCESSFUL'), proofWanted: false },
    'rolled-back',
    1,
  ],
  [
    'proven, but users are unwell',
    { deployment: seen('SUCCESSFUL'), proof: proven, unwell: sick },
    'unhealthy',
    1,
  ],
  [
    'no proof wanted, and users are unwell',
    { deployment: seen('SUCCESSFUL'), proofWanted: false, unwell: sick },
    'unhealthy',
    1,
  ],
  ['nothing new, and users are unwell', { ...nothingNew, proof: proven, unwell: sick }, 'unhealthy', 1],
  ['given up', { deployment: seen('IN_PROGRESS'), givenUp: repeated }, 'failed', 1],
  ['given up before it was listed', { givenUp: repeated }, 'failed', 1],
  ['only its start: begun', { until: 'started', deployment: seen('IN_PROGRESS') }, 'started', 0],
  ['only its start: already done', { until: 'started', deployment: seen('SUCCESSFUL') }, 'started', 0],
  ['only its start: pending', { until: 'started', deployment: seen('PENDING') }, 'timed-out', 1],
  [
    'only its start: rolled back',
    { until: 'started', deployment: seen('ROLLBACK_SUCCESSFUL') },
    'rolled-back',
    1,
  ],
])('%s', (_, change, kind, code) => {
  const outcome = decide({ ...facts, ...change })
  expect([outcome.kind, exitCode(outcome)]).toEqual([kind, code])
})
