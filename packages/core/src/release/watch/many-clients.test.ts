import { accountRates, seeded, virtualClock } from '@ecs-release/testbed'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Clock } from '../../time/clock.ts'
import type { Account, Received, Script } from './account.fixture.ts'
import { type Followed, following, minute, quantile } from './following.fixture.ts'
import { releasing } from './releasing.fixture.ts'
import { starting } from './starting.fixture.ts'

const clients = 40

/** What else the account does: requests a second that draw on the same bucket. */
interface Load {
  perSecond: number
  until: number
}

interface Played {
  followed: readonly Followed[]
  requests: readonly Received[]
}

/** All clients on one clock in one account; they know nothing of each other. */
async function inOneAccount<T>(
  runs: readonly ((account: Account) => Promise<T>)[],
  load?: Load,
): Promise<T[]> {
  const virtual = virtualClock(0)
  const clock: Clock = {
    now: () => virtual.now(),
    sleep: (milliseconds) =>
      new Promise((resolve) => void virtual.after(milliseconds / 1000, () => resolve())),
  }
  const rates = accountRates(() => virtual.now())
  if (load !== undefined) {
    const draw = () => {
      rates.take('ecs', 'DescribeServiceDeployments')
      if (virtual.now() < load.until) virtual.after(1 / load.perSecond, draw)
    }
    draw()
  }
  let done = false
  const all = Promise.all(runs.map((run, index) => run({ clock, rates, random: seeded(index + 1) }))).finally(
    () => {
      done = true
    },
  )
  while (!done) await virtual.advance(60)
  return all
}

/** Follows all of them. `spread` is within how many ms they begin. */
async function together(scripts: readonly Script[], spread: number, load?: Load): Promise<Played> {
  const runs = scripts.map((script, index) => async (account: Account) => {
    await account.clock.sleep((spread * index) / scripts.length)
    // Where all is refused, a release does without what it reads first.
    return load === undefined
      ? releasing(account, script, 90 * minute)
      : following(account, script, 90 * minute)
  })
  const followed = await inOneAccount(runs, load)
  return { followed, requests: followed.flatMap(({ received }) => received) }
}

/** The same release of a matrix: each job's deployment ends within some minutes, its tasks come up at their own time. */
function matrix(least: number, most: number): Script[] {
  const script = fc
    .record({
      length: fc.integer({ min: least * minute, max: most * minute }),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      end: fc.constantFrom('SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'STOPPED'),
    })
    .map(
      ({ length, shares, end }): Script => ({
        createdAt: 0,
        changes: shares.map((share) => share * length),
        failures: end === 'SUCCESSFUL' ? [] : shares.map((share) => (share * length) / 2),
        failedAt: length / 2,
        endsAt: length,
        end,
      }),
    )
  return fc.sample(script, clients)
}

function endRight({ followed }: Played): void {
  for (const { end, script } of followed) {
    expect([end.kind, end.view?.deployment.status]).toEqual(['ended', script.end])
  }
}

const delaysOf = ({ followed }: Played) => followed.map(({ at, script }) => at - script.endsAt)

/** Registrations and updates have buckets of their own, which are smaller. */
const reads = ({ requests }: Played) =>
  requests.filter(({ action }) => !/:(RegisterTaskDefinition|UpdateService)$/.test(action))

const refused = (requests: readonly Received[]) => requests.filter(({ throttled }) => throttled)

test.each([5000, 30_000])(
  'whole releases that begin within %i ms stay inside the read buckets of the account',
  async (spread) => {
    const played = await together(matrix(2, 30), spread)
    endRight(played)
    expect(refused(reads(played))).toEqual([])
    expect(quantile(delaysOf(played), 0.95)).toBeLessThanOrEqual(15_000)
  },
)

test('those that begin in the same instant overdraw them in the first five seconds only, and none of them notices', async () => {
  const played = await together(matrix(2, 14), 0)
  endRight(played)
  // Each reads two revisions and a target group at once, of which there are 50 and 40 in the buckets.
  const early = refused(reads(played))
  expect(early.length).toBeGreaterThan(0)
  expect(early.length).toBeLessThanOrEqual(clients)
  expect(Math.max(...early.map(({ at }) => at))).toBeLessThan(5000)
  expect(played.followed.flatMap(({ troubles }) => troubles)).toEqual([])
  expect(quantile(delaysOf(played), 0.95)).toBeLessThanOrEqual(5000)
})

test('jobs whose account is used up by others back off, and all of them end right', async () => {
  // Three times what the bucket of DescribeServiceDeployments refills, for four minutes.
  const load: Load = { perSecond: 60, until: 4 * minute }
  const played = await together(matrix(2, 10), 0, load)
  endRight(played)
  expect(played.followed.flatMap(({ troubles }) => troubles).length).toBeGreaterThan(0)
  const busy = played.requests.filter(({ at, throttled }) => at < load.until && throttled)
  expect(busy.length).toBeGreaterThan(0)
  // The SDK alone would send each look up to six times; with the back-off between looks it is at most twice the usual rate.
  const looks = played.requests.filter(({ action }) => action === 'ecs:DescribeServiceDeployments')
  for (const from of [1, 2, 3].map((count) => count * minute)) {
    const alive = played.followed.filter(({ at }) => at > from).length
    const sent = looks.filter(({ at }) => at >= from && at < from + minute).length
    expect(sent).toBeLessThanOrEqual(alive * 30)
  }
  // Once the others are gone, the end is seen in time again, after the longest back-off.
  const later = played.followed.filter(({ script }) => script.endsAt > load.until + minute)
  expect(Math.max(0, ...later.map(({ at, script }) => at - script.endsAt))).toBeLessThanOrEqual(6000)
})

test.each([0, 10_000])(
  'jobs that begin within %i ms all register and update, though the account takes one registration a second',
  async (spread) => {
    const runs = Array.from({ length: clients }, (_, index) => async (account: Account) => {
      await account.clock.sleep((spread * index) / clients)
      return starting(account, 30 * minute)
    })
    const begun = await inOneAccount(runs)
    const requests = begun.flatMap(({ received }) => received)
    const done = (action: string) =>
      requests.filter((each) => each.action === action && !each.throttled).length
    expect([done('ecs:RegisterTaskDefinition'), done('ecs:UpdateService')]).toEqual([clients, clients])
    // Twenty at once, and the others at one a second: half a minute more is what the back-off takes.
    expect(Math.max(...begun.map(({ at }) => at))).toBeLessThan(50_000)
  },
)
