import { expect, test } from 'vitest'
import { drainingNotice } from './draining.ts'

const other = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/internal/fedcba9876543210'
const arn = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders/0123456789abcdef'

interface Look {
  running?: number
  draining?: number
}

/** What is told over looks that are 15 seconds apart. */
async function told(
  looks: Look[],
  attributes: () => Promise<ReadonlyMap<string, string>>,
  groups: Record<string, number | Error> = { [arn]: looks.at(-1)?.draining ?? 2 },
  listed = Object.keys(groups),
): Promise<string[]> {
  const lines: string[] = []
  let now = 0
  const tell = drainingNotice({
    calls: {
      targetGroupAttributes: attributes,
      async targets(group) {
        const draining = groups[group] ?? 0
        if (draining instanceof Error) throw draining
        return [{ state: 'healthy' }, ...Array.from({ length: draining }, () => ({ state: 'draining' }))]
      },
    },
    clock: { now: () => now },
    log: { info: (line) => void lines.push(line) },
  })
  for (const { draining = 2, running = 2 } of looks) {
    await tell({
      deployment: { requestedTaskCount: 2, runningTaskCount: running },
      service: { loadBalancers: listed.map((targetGroupArn) => ({ targetGroupArn })) },
      targets: Array.from({ length: 4 }, (_, index) => ({
        state: index < draining ? 'draining' : 'healthy',
      })),
    })
    now += 15_000
  }
  return lines
}

const delay = async () => new Map([['deregistration_delay.timeout_seconds', '300']])

test('a long deregistration delay is named once, with the setting that shortens it', async () => {
  expect(await told([{}, {}, {}, {}, {}, {}], delay)).toEqual([
    'Waiting for 2 old targets of orders to drain, for 5m in all: deregistration_delay.timeout_seconds of the target group makes it shorter',
  ])
  expect(
    await told([{ draining: 1 }, { draining: 1 }, { draining: 1 }, { draining: 1 }], () => Promise.reject()),
  ).toEqual([
    'Waiting for 1 old target of orders to drain: deregistration_delay.timeout_seconds of the target group makes it shorter',
  ])
})

test.each<[string, Look[]]>([
  ['is short', [{}, {}, { draining: 0 }]],
  [
    'is not what is waited for',
    [{ running: 1 }, { running: 1 }, { running: 1 }, { running: 1 }, { running: 1 }],
  ],
  ['begins anew', [{}, {}, { draining: 0 }, {}, {}, {}]],
])('nothing is said while draining %s', async (_, looks) => {
  expect(await told(looks, delay)).toEqual([])
})

test('each target group is told with its own old targets, once however often the service lists it', async () => {
  const looks = [{}, {}, {}, {}]
  const lines = await told(looks, delay, { [arn]: 2, [other]: 1 }, [arn, other, arn])
  expect(lines.map((line) => line.replace(/,.*/, ''))).toEqual([
    'Waiting for 2 old targets of orders to drain',
    'Waiting for 1 old target of internal to drain',
  ])
  expect(await told(looks, delay, { [arn]: 2, [other]: 0 })).toHaveLength(1)
  expect(await told(looks, delay, { [arn]: 2, [other]: new Error('throttled') })).toHaveLength(1)
})
