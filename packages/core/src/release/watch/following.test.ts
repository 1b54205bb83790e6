import { accountRates, seeded } from '@ecs-release/testbed'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { type Account, pendingFor, type Script } from './account.fixture.ts'
import { type Followed, following, minute, quantile } from './following.fixture.ts'

/** Deployments of `least` to `most` minutes, whose tasks come up at any moment before the end. */
const deployments = (least: number, most: number): fc.Arbitrary<Script> =>
  fc
    .record({
      length: fc.integer({ min: least * minute, max: most * minute }),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
      failing: fc.double({ min: 0.2, max: 1, noNaN: true }),
      end: fc.constantFrom('SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'STOPPED'),
    })
    .map(({ length, shares, failing, end }) => ({
      createdAt: 0,
      changes: shares.map((share) => share * length).toSorted((one, other) => one - other),
      failedAt: failing * length,
      endsAt: length,
      end,
    }))

function accountOf(seed: number, change: Partial<Account> = {}): Account {
  const clock = steppingClock(0)
  return { clock, rates: accountRates(() => clock.now()), random: seeded(seed), ...change }
}

async function population(least: number, most: number): Promise<Followed[]> {
  const scripts = fc.sample(deployments(least, most), 150)
  return Promise.all(scripts.map((script, seed) => following(accountOf(seed + 1), script, 90 * minute)))
}

/** The most requests within 60 seconds that begin in the given minutes, and how far that is over `allowed`. */
function over({ script, received }: Followed, from: number, to: number, allowed: number): number {
  const steady = received.filter(({ at }) => at >= from && at < to)
  const excess = steady.map(({ at: start }) => {
    const count = received.filter(({ at }) => at >= start && at < start + minute).length
    // A change may be seen a look later than it happened; service and targets are read once for each.
    const changes = changesOf(script).filter((at) => at >= start - 15_000 && at < start + minute).length
    return count - allowed - 2 * changes
  })
  return Math.max(0, ...excess)
}

/** When what DescribeServiceDeployments answers changes, the step from PENDING to IN_PROGRESS among it. */
function changesOf({ createdAt, changes, failedAt, endsAt }: Script): number[] {
  return [createdAt + pendingFor, ...changes, failedAt, endsAt]
}

describe('a deployment is followed to its end', () => {
  test('the end is seen within 5 s (p95) where it comes in the first 15 minutes, and within 15 s later, in one population of 1 to 60 minutes and within the call budget of the same run', async () => {
    // Half of the ends come within the quarter of an hour that is watched closely, and many where the pace changes.
    const followed = [
      ...(await population(1, 60)),
      ...(await population(1, 15)),
      ...(await population(14, 16)),
    ]
    const early = ({ script }: Followed) => script.endsAt <= 15 * minute
    for (const [some, within] of [
      [followed.filter(early), 5000],
      [followed.filter((each) => !early(each)), 15_000],
    ] as const) {
      const delays = some.map(({ at, script }) => at - script.endsAt)
      expect(delays.length).toBeGreaterThan(100)
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
      expect(quantile(delays, 0.95)).toBeLessThanOrEqual(within)
    }
    for (const each of followed) {
      expect([each.end.kind, each.end.view?.deployment.status]).toEqual(['ended', each.script.end])
      expect(each.received.some(({ throttled }) => throttled)).toBe(false)
      // The first minute has the listing and three quick looks on top of the steady state.
      expect(over(each, 0, minute, 21 + 4)).toBe(0)
      // A minute that begins before the pace changes may be the faster one to its end.
      expect(over(each, minute, 15.5 * minute, 21)).toBe(0)
      expect(over(each, 15.5 * minute, Infinity, 10)).toBe(0)
    }
  })

  test('service and target group are read at most every 15 s, unless something changed', async () => {
    for (const { received, script } of await population(1, 60)) {
      const reads = received.filter(({ action }) => action === 'ecs:DescribeServices')
      for (const [index, { at }] of reads.entries()) {
        const before = reads[index - 1]?.at
        // As they arrive: a call is under way for up to 300 ms, one longer than the other.
        if (before === undefined || at - before >= 15_000 - 300) continue
        expect(changesOf(script).some((change) => change > before - 15_000 && change <= at)).toBe(true)
      }
    }
  })

  test('it is never given up before the time, and the last look is at the deadline', async () => {
    const scripts = fc.sample(deployments(30, 60), 60)
    for (const [seed, script] of scripts.entries()) {
      const timeout = 1 + Math.floor((script.endsAt - 2000) * ((seed + 1) / scripts.length))
      const { at, end, received } = await following(accountOf(seed), script, timeout)
      expect(end.kind).toBe('timed-out')
      expect(at).toBeGreaterThanOrEqual(timeout)
      // Three calls of at most 300 ms each.
      expect(at - timeout).toBeLessThanOrEqual(900)
      const looks = received.filter(({ action }) => action === 'ecs:DescribeServiceDeployments')
      expect(looks.at(-1)?.at).toBeGreaterThanOrEqual(timeout)
    }
  })
})

describe('what cannot be waited through ends the wait', () => {
  const long: Script = { createdAt: 0, changes: [], failedAt: 0, endsAt: 60 * minute, end: 'SUCCESSFUL' }

  test.each<[string, ActionError, string]>([
    ['expired credentials', new ActionError('credentials', 'expired'), ''],
    ['DescribeServices denied', new ActionError('access-denied', 'denied'), 'ecs:DescribeServices'],
    [
      'DescribeServiceDeployments denied',
      new ActionError('access-denied', 'denied'),
      'ecs:DescribeServiceDeployments',
    ],
  ])('%s: within one poll', async (_, error, only) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 59 * minute }), async (from) => {
        const account = accountOf(from, {
          refuse(action) {
            if (account.clock.now() >= from && (only === '' || only === action)) throw error
          },
        })
        await expect(following(account, long, 90 * minute)).rejects.toBe(error)
        // DescribeServices is read every 20 s, or every 30 s when that reading comes after the first 15 minutes.
        const closely = from + 25_000 < 15 * minute
        const poll = only === 'ecs:DescribeServices' ? (closely ? 25_000 : 45_000) : 14_000
        expect(account.clock.now() - from).toBeLessThanOrEqual(poll)
      }),
      { numRuns: 30 },
    )
  })
})
