import { expect, test } from 'vitest'
import { good } from './testing/behaviour.ts'
import { behindBalancer, liveTasks, stage, story } from './testing/stage.ts'

test('a good release replaces all tasks and ends SUCCESSFUL', async () => {
  await using on = stage()
  const service = on.create(on.release(good), behindBalancer)
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  expect(service.serviceDeployments.map(({ status }) => status)).toEqual(['SUCCESSFUL', 'SUCCESSFUL'])
  expect(liveTasks(service).map(({ startedBy }) => startedBy)).toEqual(
    Array(2).fill(service.deployments[0]?.id),
  )
  expect(story(service).slice(-2)).toEqual([
    '(deployment ecs-svc/N) deployment completed.',
    'has reached a steady state.',
  ])
})
