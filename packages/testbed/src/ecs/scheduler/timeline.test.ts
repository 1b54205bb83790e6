import { expect, test } from 'vitest'
import { type Behaviour, good } from './testing/behaviour.ts'
import { behindBalancer, type Stage, stage, targetGroup, taskDefinition } from './testing/stage.ts'

/** An event and the seconds since the one before, as recorded on AWS. */
type Line = readonly [message: string, gap: number]

/** A gap may differ by a scheduler pass and the spread of the steps between (ecs-model.md 1.2, 3.4). */
const TOLERANCE = 20

/** Names tasks and deployments by the order of their appearance, as the transcripts' ids are beside the point. */
function recorded(service: { events: { createdAt: number; message: string }[] }, from: number): Line[] {
  const names = new Map<string, string>()
  const name = (kind: string, id: string): string => {
    const known =
      names.get(id) ?? `${kind}${[...names.values()].filter((one) => one.startsWith(kind)).length + 1}`
    names.set(id, known)
    return known
  }
  let last = from
  return service.events
    .filter(({ createdAt }) => createdAt >= from)
    .reverse()
    .map(({ createdAt, message }) => {
      const gap = (createdAt - last) / 1000
      last = createdAt
      const named = message
        .replaceAll(/ecs-svc\/\d{19}/g, (id) => name('D', id))
        .replaceAll(/\b[0-9a-f]{32}\b/g, (id) => name('T', id))
        .replaceAll(targetGroup, 'TG')
      return [named, gap]
    })
}

function expectTimeline(seen: readonly Line[], expected: readonly Line[]): void {
  expect(seen.map(([message]) => message)).toEqual(expected.map(([message]) => message))
  for (const [index, [message, gap]] of expected.entries()) {
    const difference = Math.abs((seen[index]?.[1] ?? Number.NaN) - gap)
    expect(difference, `gap before "${message}": ${seen[index]?.[1]} s for ${gap} s`).toBeLessThan(TOLERANCE)
  }
}

const completed = (on: Stage, service: ReturnType<Stage['create']>): Promise<void> =>
  on.until(() => service.events[0]?.message === '(service web) has reached a steady state.')

test('ecs-model.md 8.1: three Fargate tasks behind one target group, delay 300 s, 100/200', async () => {
  await using on = stage({ delay: 300 })
  const behaviour: Behaviour = {
    stopsAfter: undefined,
    target: (seconds) => (seconds < 30 ? 'initial' : 'healthy'),
  }
  // Before 2024 tags were not resolved by a first task; a pinned image starts all tasks at once today.
  const pinned = (revision: number) =>
    taskDefinition(revision, [{ name: 'app', image: `web@${on.images.push(`web:v${revision}`, behaviour)}` }])
  const service = on.create(pinned(1), { ...behindBalancer, desiredCount: 3 })
  await completed(on, service)

  await on.clock.advance(1)
  const created = on.clock.now()
  on.scheduler.updateService(service, { taskDefinition: pinned(2) })
  await on.until(() => service.deployments.length === 1)
  expectTimeline(recorded(service, created), [
    ['(service web) has started 3 tasks: (task T1) (task T2) (task T3).', 23.6],
    ['(service web) registered 3 targets in (target-group TG)', 30.0],
    ['(service web) deregistered 3 targets in (target-group TG)', 39.1],
    ['(service web) has begun draining connections on 3 tasks.', 0.001],
    ['(service web) has stopped 3 running tasks: (task T4) (task T5) (task T6).', 303.2],
    ['(service web) (deployment D1) deployment completed.', 77.9],
    ['(service web) has reached a steady state.', 0.001],
  ])
  const sixHours = 6 * 60 * 60
  const steady = on.clock.now()
  await on.clock.advance(sixHours + 60)
  expectTimeline(recorded(service, steady + 1000), [['(service web) has reached a steady state.', sixHours]])
})

test('ecs-model.md 8.2: a failing container health check, breaker with rollback, one task', async () => {
  await using on = stage()
  const check = { command: ['CMD-SHELL', 'curl -f http://web/health'], interval: 30, retries: 3 }
  const slow: Behaviour = { stopsAfter: undefined, checkPasses: (seconds) => seconds > 130 }
  const old = on.release(slow, { healthCheck: { ...check, startPeriod: 150 } })
  const broken: Behaviour = { stopsAfter: undefined, checkPasses: () => false, exitsAfter: 5, exitCode: 1 }
  const failing = on.release(broken, { healthCheck: { ...check, startPeriod: 40 } })
  // The excerpt has no old task, as if the service had been scaled up from nothing with the update.
  const service = on.create(old, { desiredCount: 0 })
  await completed(on, service)
  on.scheduler.updateService(service, { taskDefinition: failing, desiredCount: 1 })
  const starts = () => service.events.filter(({ message }) => message.includes('has started'))
  // It begins after earlier failures; two tasks that ended by themselves leave one to the threshold.
  await on.until(() => starts().length === 3)
  delete broken.exitsAfter
  const [third] = starts()
  await completed(on, service)

  expectTimeline(recorded(service, third?.createdAt ?? 0), [
    ['(service web) has started 1 tasks: (task T1).', 0],
    [
      '(service web) has started 1 tasks: (task T2). Amazon ECS replaced 1 tasks due to an unhealthy status.',
      142.8,
    ],
    ['(service web) (task T1) failed container health checks.', 0.038],
    ['(service web) has stopped 1 running tasks: (task T1).', 0.001],
    ['(service web) (deployment D1) deployment failed: tasks failed to start.', 64.1],
    ['(service web) rolling back to deployment D2.', 0.001],
    ['(service web) has started 1 tasks: (task T3).', 18.1],
    ['(service web) (task T2) failed container health checks.', 80.0],
    ['(service web) has stopped 1 running tasks: (task T2).', 0.01],
    ['(service web) (deployment D2) deployment completed.', 92.8],
    ['(service web) has reached a steady state.', 0.001],
  ])
})

test('ecs-model.md 8.4: a first deployment of one task without load balancer', async () => {
  await using on = stage()
  const service = on.create(on.release(good), { desiredCount: 1 })
  const [deployment] = service.serviceDeployments
  await completed(on, service)
  expect(deployment?.status).toBe('SUCCESSFUL')
  const seconds = ((deployment?.finishedAt ?? 0) - (deployment?.createdAt ?? 0)) / 1000
  expect(Math.abs(seconds - 93.6)).toBeLessThan(TOLERANCE)
})
