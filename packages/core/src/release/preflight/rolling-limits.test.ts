import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aService } from '../test-data.fixture.ts'
import { rollingLimitFindings } from './rolling-limits.ts'

type Change = Parameters<typeof aService>[0]
const codes = (
  desired: number,
  minimum: number | undefined,
  maximum: number | undefined,
  change: Change = {},
) =>
  rollingLimitFindings(
    aService({ minimumHealthyPercent: minimum, maximumPercent: maximum, runningCount: desired, ...change }),
    desired,
  )

test.each<[string, number, number | undefined, number | undefined, Change, boolean]>([
  ['4 tasks, two may stop first', 4, 50, 100, {}, true],
  ['2 tasks, 1.5 are 2 and none may stop', 2, 75, 100, {}, false],
  ['2 tasks, one more may start', 2, 75, 150, {}, true],
  ['3 tasks, 3.75 are 3 and none may start', 3, 100, 125, {}, false],
  ['3 tasks, none may start and one may stop', 3, 50, 125, {}, true],
  ['2 tasks, neither', 2, 75, 125, {}, false],
  ['1 task, its replacement first', 1, 100, 200, {}, true],
  ['1 task, stopped first', 1, 0, 100, {}, true],
  ['1 task, neither', 1, 50, 150, {}, false],
  ['the defaults of a REPLICA service', 1, undefined, undefined, {}, true],
  ['the defaults of a DAEMON service', 3, undefined, undefined, { schedulingStrategy: 'DAEMON' }, true],
  ['a DAEMON service that may stop none', 1, 50, undefined, { schedulingStrategy: 'DAEMON' }, false],
  ['no task at all', 0, 100, 100, {}, true],
  ['no task any more', 0, 100, 125, { runningCount: 1 }, true],
  ['none running yet', 2, 75, 125, { runningCount: 0 }, true],
  ['blue/green, which rolls nothing', 2, 75, 125, { deploymentStrategy: 'BLUE_GREEN' }, true],
])('%s', (_, desired, minimum, maximum, change, canRoll) => {
  expect(codes(desired, minimum, maximum, change).map(({ code }) => code)).toEqual(
    canRoll ? [] : ['cannot-roll'],
  )
})

test('it says the figures, and which would do', () => {
  expect(codes(3, 100, 125)).toMatchObject([
    {
      cause:
        'with minimumHealthyPercent 100 and maximumPercent 125 a deployment of 3 tasks can never begin: at least 3 must stay healthy, and at most 3 may run',
      remedy:
        'In the deployment configuration of the service set maximumPercent to 134 or more, so that one more may start first, or minimumHealthyPercent to 66 or less, so that one task may stop first.',
    },
  ])
  const daemon = codes(1, 50, undefined, { schedulingStrategy: 'DAEMON' })
  expect(daemon[0]?.remedy).toBe(
    'In the deployment configuration of the service set minimumHealthyPercent to 0, so that one task may stop first.',
  )
})

test('each remedy does what it says', () => {
  const percents = fc.record({
    desired: fc.integer({ min: 1, max: 100 }),
    minimum: fc.integer({ min: 0, max: 100 }),
    maximum: fc.integer({ min: 100, max: 200 }),
  })
  fc.assert(
    fc.property(percents, ({ desired, maximum, minimum }) => {
      const [finding] = codes(desired, minimum, maximum)
      if (finding === undefined) return
      const [raised = 0, lowered = 0] = [...finding.remedy.matchAll(/Percent to (\d+)/g)].map(([, figure]) =>
        Number(figure),
      )
      expect(codes(desired, minimum, raised)).toEqual([])
      expect(codes(desired, lowered, maximum)).toEqual([])
      expect(codes(desired, minimum, raised - 1)).toHaveLength(1)
      expect(codes(desired, lowered + 1, maximum)).toHaveLength(1)
    }),
    { numRuns: 500 },
  )
})
