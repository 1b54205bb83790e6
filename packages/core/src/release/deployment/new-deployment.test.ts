import { expect, test } from 'vitest'
import type { Service } from '../../aws/ecs-model.ts'
import type { ServiceUpdate } from '../calls.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { account, aDeployment, aService, denied, older, throttled } from '../test-data.fixture.ts'
import { deploymentAfter, isStartedBy, mustDeploy } from './new-deployment.ts'

const td = (revision: number) => `${account}:task-definition/web:${revision}`
const before = aService({ taskDefinitionArn: td(1), deployments: [aDeployment({ id: older })] })
const after = aService()
const forced = aService({
  taskDefinitionArn: td(1),
  deployments: [aDeployment({ taskDefinitionArn: td(1) })],
})

test.each<[string, ServiceUpdate, boolean]>([
  ['another task definition', { taskDefinition: td(2) }, true],
  ['the same task definition', { taskDefinition: td(1) }, false],
  ['force', { forceNewDeployment: true }, true],
  ['force with the same task definition', { taskDefinition: td(1), forceNewDeployment: true }, true],
  ['no force', { forceNewDeployment: false }, false],
  ['another count', { desiredCount: 5 }, false],
  ['nothing', {}, false],
])('%s has to start a deployment: %s %s', (_, change, expected) => {
  expect(mustDeploy(before, change)).toBe(expected)
})

test.each<[string, Service, ServiceUpdate, boolean]>([
  ['the task definition that was sent', after, { taskDefinition: td(2) }, true],
  ['another task definition than was sent', after, { taskDefinition: td(3) }, false],
  ['the same one, by force', forced, { forceNewDeployment: true }, true],
  ['another one, where only force was asked for', after, { forceNewDeployment: true }, false],
  ['whatever, where only the count was set', forced, { desiredCount: 2 }, false],
  ['what was there before', before, { taskDefinition: td(2) }, false],
])('a deployment of %s', (_, now, change, ours) => {
  expect(isStartedBy(now.deployments[0], before, change)).toBe(ours)
})

async function finding(answer: Service, change: ServiceUpdate, later: (Service | Error)[] = []) {
  const clock = steppingClock(0)
  const queue = [...later]
  const found = await deploymentAfter(before, answer, change, {
    calls: {
      async service() {
        const next = queue.shift() ?? before
        if (next instanceof Error) throw next
        return next
      },
    },
    clock,
    trouble: () => {},
  })
  return { id: found.primary?.id, isNew: found.isNew, service: found.service, waited: clock.now() }
}

test('the answer shows the new deployment', async () => {
  expect(await finding(after, { taskDefinition: td(2) })).toEqual({
    id: 'ecs-svc/2',
    isNew: true,
    service: after,
    waited: 0,
  })
})

test('the same id means that none was started', async () => {
  expect(await finding(before, { taskDefinition: td(1) })).toMatchObject({
    id: older,
    isNew: false,
    waited: 0,
  })
})

test('an answer that lags behind is asked for again', async () => {
  expect(await finding(before, { forceNewDeployment: true }, [before, throttled, forced])).toEqual({
    id: 'ecs-svc/2',
    isNew: true,
    service: forced,
    waited: 9000,
  })
})

test('and not for ever', async () => {
  expect(await finding(before, { forceNewDeployment: true })).toMatchObject({ isNew: false, waited: 15_000 })
})

test('a denied call ends it', async () => {
  await expect(finding(before, { forceNewDeployment: true }, [denied])).rejects.toBe(denied)
})

test('a service without PRIMARY has no new deployment', async () => {
  expect(await finding(aService({ deployments: [] }), {})).toMatchObject({ id: undefined, isNew: false })
})
