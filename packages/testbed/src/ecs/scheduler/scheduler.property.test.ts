import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Service } from '../model.ts'
import { type Behaviour, crashing, good, missing, unhealthy } from './testing/behaviour.ts'
import { behindBalancer, liveTasks, type Stage, stage } from './testing/stage.ts'

type Action =
  | { kind: 'release'; behaviour: Behaviour }
  | { kind: 'force' }
  | { kind: 'scale'; desiredCount: number }
  | { kind: 'stop-task'; which: number }
  | { kind: 'roll-back' }
  | { kind: 'percent'; minimumHealthyPercent: number; maximumPercent: number }

const flaky: Behaviour = {
  stopsAfter: 1,
  exitsAfter: (start) => (start % 3 === 0 ? undefined : 25 + start),
  exitCode: 1,
}
const stubborn: Behaviour = { stopsAfter: undefined }
const unstartable: Behaviour = { startError: 'exec format error' }
const behaviours = [good, good, stubborn, crashing, missing, unhealthy, flaky, unstartable]

const percents = fc.record({
  minimumHealthyPercent: fc.constantFrom(0, 50, 75, 100),
  maximumPercent: fc.constantFrom(100, 125, 150, 200),
})
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom(...behaviours).map((behaviour) => ({ kind: 'release', behaviour }) as const),
  fc.constant({ kind: 'force' } as const),
  fc.nat(5).map((desiredCount) => ({ kind: 'scale', desiredCount }) as const),
  fc.nat(9).map((which) => ({ kind: 'stop-task', which }) as const),
  fc.constant({ kind: 'roll-back' } as const),
  percents.map((percent) => ({ kind: 'percent', ...percent }) as const),
)
const services = fc.record({
  desiredCount: fc.integer({ min: 0, max: 5 }),
  percent: percents,
  balanced: fc.boolean(),
  grace: fc.constantFrom(0, 100),
  circuitBreaker: fc.record({
    enable: fc.boolean(),
    rollback: fc.boolean(),
    resetOnHealthyTask: fc.boolean(),
    threshold: fc.record({
      type: fc.constantFrom('BOUNDED_PERCENT', 'UNBOUNDED_PERCENT', 'COUNT'),
      value: fc.integer({ min: 1, max: 100 }),
    }),
  }),
})
const runs = fc.record({
  settings: services,
  first: fc.constantFrom(...behaviours),
  steps: fc.array(fc.tuple(actions, fc.constantFrom(0, 0.2, 5, 30, 77, 300)), { maxLength: 8 }),
})

function perform(on: Stage, service: Service, action: Action): void {
  const { scheduler } = on
  const [deployment] = service.serviceDeployments
  const task = action.kind === 'stop-task' ? liveTasks(service)[action.which] : undefined
  switch (action.kind) {
    case 'release':
      scheduler.updateService(service, { taskDefinition: on.release(action.behaviour) })
      break
    case 'force':
      scheduler.updateService(service, { forceNewDeployment: true })
      break
    case 'roll-back':
      if (deployment && deployment.finishedAt === undefined) scheduler.rollBack(service, deployment)
      break
    case 'stop-task':
      if (task) scheduler.stopTask(task, undefined)
      break
    case 'scale':
    case 'percent':
      scheduler.updateService(service, action)
  }
}

test('whatever happens the invariants hold, and a healthy image then ends SUCCESSFUL', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ settings, first, steps }) => {
      const { percent, balanced, grace, ...rest } = settings
      // Disposal throws if an invariant was ever broken.
      await using on = stage()
      const service = on.create(on.release(first), {
        ...rest,
        ...percent,
        healthCheckGracePeriodSeconds: grace,
        ...(balanced && behindBalancer),
      })
      for (const [action, seconds] of steps) {
        perform(on, service, action)
        await on.clock.advance(seconds)
      }
      on.scheduler.updateService(service, {
        taskDefinition: on.release(good),
        // Percentages that allow no move are the documented way to get stuck.
        minimumHealthyPercent: 50,
        maximumPercent: 200,
      })
      const [last] = service.serviceDeployments
      await on.clock.advance(1200)
      expect(last?.status).toBe('SUCCESSFUL')
      expect(service.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED' }])
      const live = liveTasks(service)
      expect(live).toHaveLength(service.desiredCount)
      expect(
        live.every(
          ({ startedBy, countedHealthy }) => countedHealthy && startedBy === service.deployments[0]?.id,
        ),
      ).toBe(true)
      expect(on.addresses.size).toBe(service.desiredCount)
      expect(service.events[0]?.message).toBe('(service web) has reached a steady state.')
      expect(service.serviceDeployments.every(({ finishedAt }) => finishedAt !== undefined)).toBe(true)
      expect(on.violations).toEqual([])
    }),
    { numRuns: 300 },
  )
}, 120_000)
