import { expect, test } from 'vitest'
import type { Deployment } from '../../aws/ecs-model.ts'
import { aDeployment, aService, at, created, older, ours, revisionArn } from '../test-data.fixture.ts'
import { deploymentFromServices } from './from-service.ts'

const own = (change: Partial<Deployment> = {}) => aDeployment(change)
const old = (change: Partial<Deployment> = {}) =>
  aDeployment({ id: older, rolloutState: 'COMPLETED', createdAt: at(-900), ...change })
const newer = aDeployment({ id: 'ecs-svc/3', createdAt: at(30) })

function following(looks: Deployment[][], rollback = true): string[] {
  const read = deploymentFromServices({ deploymentId: ours, createdAt: created, earlier: [older] })
  const circuitBreaker = { enabled: true, rollback }
  return looks.map((deployments) => read(aService({ deployments, circuitBreaker })).status)
}

const active = { status: 'ACTIVE' }
const failed = { ...active, rolloutState: 'FAILED' }

test.each<[string, Deployment[][], string[], rollback?: boolean]>([
  ['goes on while it is not COMPLETED', [[own()], [own()]], ['IN_PROGRESS', 'IN_PROGRESS']],
  ['never succeeds by IN_PROGRESS with one deployment left', [[own({ runningCount: 2 })]], ['IN_PROGRESS']],
  ['succeeds by COMPLETED', [[own({ rolloutState: 'COMPLETED' })]], ['SUCCESSFUL']],
  [
    'is not rolled back because it does not show yet',
    [[old()], [old()], [old()]],
    ['PENDING', 'PENDING', 'PENDING'],
  ],
  [
    'is not rolled back by one old answer',
    [[own()], [old()], [own()]],
    ['IN_PROGRESS', 'PENDING', 'IN_PROGRESS'],
  ],
  [
    'is rolled back once it has failed and the one before is PRIMARY',
    [[own()], [old({ rolloutState: 'IN_PROGRESS' }), own(failed)], [old()], [old()]],
    ['IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_SUCCESSFUL'],
  ],
  [
    'is rolled back when it stays away',
    [[own()], [old()], [old()]],
    ['IN_PROGRESS', 'PENDING', 'ROLLBACK_SUCCESSFUL'],
  ],
  [
    'is superseded by a younger one',
    [[own()], [newer, own(active)], [newer]],
    ['IN_PROGRESS', 'PENDING', 'STOPPED'],
  ],
  ['has failed without rollback', [[own({ rolloutState: 'FAILED' })]], ['STOPPED'], false],
  ['has nothing to go back to', [[own({ rolloutState: 'FAILED' })]], ['ROLLBACK_FAILED']],
  ['is not judged without a PRIMARY', [[own(active)]], ['IN_PROGRESS']],
])('a deployment %s', (_, looks, statuses, rollback) => {
  expect(following(looks, rollback)).toEqual(statuses)
})

test('names what ECS goes back to, the counts of its own tasks and its reason', () => {
  const read = deploymentFromServices({ deploymentId: ours, createdAt: created, earlier: [older] })
  const reason = 'ECS deployment circuit breaker: tasks failed to start.'
  const mine = own({
    ...failed,
    rolloutStateReason: reason,
    runningCount: 1,
    pendingCount: 3,
    desiredCount: 4,
  })
  expect(read(aService({ deployments: [old({ rolloutState: 'IN_PROGRESS' }), mine] }))).toMatchObject({
    statusReason: reason,
    targetServiceRevisionArn: revisionArn(2),
    sourceServiceRevisionArns: [revisionArn(1)],
    rollback: { reason, serviceRevisionArn: revisionArn(1) },
    requestedTaskCount: 4,
    runningTaskCount: 1,
    pendingTaskCount: 3,
  })
})

test('an unlisted older deployment that is PRIMARY again is a rollback too', () => {
  const read = deploymentFromServices({ deploymentId: ours, createdAt: created, earlier: [] })
  const service = aService({ deployments: [old({ id: 'ecs-svc/0' }), own(failed)] })
  expect(read(service).status).toBe('ROLLBACK_SUCCESSFUL')
})
