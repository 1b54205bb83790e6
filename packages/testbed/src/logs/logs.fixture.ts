import type { Clock } from '../time/clock.ts'
import { type TestAccount, testAccount } from '../wire/account.fixture.ts'
import { defaultPlace } from '../wire/place.ts'
import { type LogGroups, type LogGroupsOptions, logGroups } from './log-groups.ts'
import { logsService } from './logs-service.ts'

/** A clock that stands still until it is told to go on. It runs what is due in order. */
function steppedClock(): Clock & { pass(seconds: number): void } {
  let now = 1_000_000
  let due: { at: number; task: () => void }[] = []
  return {
    now: () => now,
    secondsSince: (moment) => (now - moment) / 1000,
    after: (seconds, task) => {
      const entry = { at: now + seconds * 1000, task }
      due.push(entry)
      return () => {
        due = due.filter((other) => other !== entry)
      }
    },
    pass: (seconds) => {
      now += seconds * 1000
      const ripe = due.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
      due = due.filter(({ at }) => at > now)
      for (const { task } of ripe) task()
    },
  }
}

/** CloudWatch Logs over HTTP with the group `/ecs/web`; `pass` lets AWS's seconds go by. */
export interface TestLogs extends TestAccount {
  groups: LogGroups
  pass(seconds: number): void
}

export async function testLogs(options?: LogGroupsOptions): Promise<TestLogs> {
  const clock = steppedClock()
  const groups = logGroups(defaultPlace, clock, options)
  groups.createGroup('/ecs/web')
  const account = await testAccount({ services: [logsService(groups)] })
  return { ...account, groups, pass: clock.pass }
}
