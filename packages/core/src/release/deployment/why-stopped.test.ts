import { expect, test } from 'vitest'
import type { Service, ServiceDeployment } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { aDeployment, aService, aServiceDeployment, throttled } from '../test-data.fixture.ts'
import { whyStopped } from './why-stopped.ts'

const mine = aService()
const newer = aService({ deployments: [aDeployment({ id: 'ecs-svc/9' }), aDeployment({ status: 'ACTIVE' })] })
const failed = aService({ deployments: [aDeployment({ rolloutState: 'FAILED' })] })
const breaker = (status: string) => ({ status, failureCount: 3, threshold: 3 })

async function asking(change: Partial<ServiceDeployment>, services: (Service | Error)[]) {
  const clock = steppingClock(0)
  const queue = [...services]
  const why = await whyStopped(aServiceDeployment({ status: 'STOPPED', ...change }), {
    calls: {
      async service() {
        const next = queue.length > 1 ? queue.shift() : queue[0]
        if (next instanceof Error) throw next
        return next ?? mine
      },
    },
    clock,
    trouble: () => {},
  })
  return [why.supersededBy, why.detected, clock.now()]
}

test.each<[string, Partial<ServiceDeployment>, (Service | Error)[], string | undefined, boolean, number]>([
  ['another is PRIMARY', {}, [newer], 'ecs-svc/9', false, 0],
  ['another becomes visible later', {}, [mine, throttled, newer], 'ecs-svc/9', false, 6000],
  ['the breaker tripped', { circuitBreaker: breaker('TRIGGERED') }, [mine], undefined, true, 0],
  ['the breaker only watched', { circuitBreaker: breaker('MONITORING') }, [mine], undefined, false, 12_000],
  ['an alarm fired', { alarms: { status: 'TRIGGERED', triggered: ['a'] } }, [mine], undefined, true, 0],
  ['the rollout failed', {}, [failed], undefined, true, 0],
  [
    'the breaker tripped and another took over',
    { circuitBreaker: breaker('TRIGGERED') },
    [newer],
    'ecs-svc/9',
    true,
    0,
  ],
  ['no reason to be seen', {}, [mine], undefined, false, 12_000],
])('%s', async (_, change, services, supersededBy, detected, waited) => {
  expect(await asking(change, services)).toEqual([supersededBy, detected, waited])
})
