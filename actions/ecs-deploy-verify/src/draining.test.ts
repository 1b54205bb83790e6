import { expect, test } from 'vitest'
import { drainingNotice } from './draining.ts'

const arn = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders/0123456789abcdef'

interface Look {
  running?: number
  draining?: number
}

/** What is told over looks that are 15 seconds apart. */
async function told(
  looks: Look[],
  attributes: () => Promise<ReadonlyMap<string, string>>,
): Promise<string[]> {
  const lines: string[] = []
  let now = 0
  const tell = drainingNotice({
    calls: { targetGroupAttributes: attributes },
    clock: { now: () => now },
    log: { info: (line) => void lines.push(line) },
  })
  for (const { draining = 2, running = 2 } of looks) {
    await tell({
      deployment: { requestedTaskCount: 2, runningTaskCount: running },
      service: { loadBalancers: [{ targetGroupArn: arn }] },
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
