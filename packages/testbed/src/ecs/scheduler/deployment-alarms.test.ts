import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import type { Service } from '../model.ts'
import { good } from './testing/behaviour.ts'
import { runningService } from './testing/situations.ts'
import { type Stage, stage, story } from './testing/stage.ts'

const configured = (change: JsonObject = {}): Partial<Service> => ({
  raw: {
    deploymentConfiguration: {
      alarms: { enable: true, rollback: true, alarmNames: ['errors', 'slow'], ...change },
    },
  },
})

/** A service with alarms that is complete, and has just begun another deployment. */
async function deploying(on: Stage, settings = configured()): Promise<Service> {
  const service = await runningService(on, settings)
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  return service
}

test('an alarm that fires while tasks bake rolls the deployment back', async () => {
  await using on = stage()
  const service = await deploying(on)
  await on.clock.advance(200)
  expect(service.serviceDeployments[0]).toMatchObject({
    status: 'IN_PROGRESS',
    alarms: { status: 'MONITORING' },
  })
  on.account.alarms.set('errors', 'ALARM')
  await on.until(() => service.serviceDeployments[0]?.status === 'ROLLBACK_SUCCESSFUL')
  expect(service.serviceDeployments[0]).toMatchObject({
    statusReason: 'Service deployment rolled back because of one or more active alarms.',
    alarms: { status: 'TRIGGERED', triggered: ['errors'] },
  })
  expect(story(service)).toContain('(deployment ecs-svc/N) deployment failed: alarm detected.')
})

test('without rollback it is stopped', async () => {
  await using on = stage()
  const service = await deploying(on, configured({ rollback: false }))
  on.account.alarms.set('slow', 'ALARM')
  await on.until(() => service.serviceDeployments[0]?.status === 'STOPPED')
})

test.each<[string, JsonObject, 'OK' | 'ALARM', string, string]>([
  ['alarms that stay quiet', {}, 'OK', 'errors', 'MONITORING_COMPLETE'],
  ['an alarm of somebody else', {}, 'ALARM', 'others', 'MONITORING_COMPLETE'],
  ['alarms that are switched off', { enable: false }, 'ALARM', 'errors', 'DISABLED'],
])('%s fail nothing', async (_, change, state, name, status) => {
  await using on = stage()
  const service = await deploying(on, configured(change))
  await on.clock.advance(30)
  on.account.alarms.set(name, state)
  await on.until(() => service.serviceDeployments[0]?.status === 'SUCCESSFUL')
  expect(service.serviceDeployments[0]?.alarms.status).toBe(status)
})

test('an alarm that has fired before is ignored for the whole deployment', async () => {
  await using on = stage()
  const service = await runningService(on, configured())
  on.account.alarms.set('errors', 'ALARM')
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  await on.until(() => service.serviceDeployments[0]?.status === 'SUCCESSFUL')
  expect(service.serviceDeployments[0]?.alarms.status).toBe('DISABLED')
})

test('tasks bake as long as bakeTimeInMinutes says', async () => {
  await using on = stage()
  const alarms = { enable: true, rollback: true, alarmNames: ['errors'] }
  const raw = { deploymentConfiguration: { alarms, bakeTimeInMinutes: 10 } }
  const service = await runningService(on, { raw })
  const { createdAt = 0, finishedAt = 0 } = service.serviceDeployments[0] ?? {}
  expect((finishedAt - createdAt) / 1000).toBeGreaterThan(600)
})
