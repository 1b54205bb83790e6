import { expect, test } from 'vitest'
import type { ServiceEvent } from '../../aws/ecs-model.ts'
import type { TargetHealth } from '../../aws/elbv2.ts'
import { aDeployment, aService, aServiceDeployment, at, older } from '../test-data.fixture.ts'
import { narrator } from './narrator.ts'
import { statusLine } from './status-line.ts'
import type { View } from './watch.ts'

const event = (id: string, seconds: number): ServiceEvent => ({
  id,
  createdAt: at(seconds),
  message: `event ${id}`,
})
const target = (state: string): TargetHealth => ({
  id: '10.0.0.1',
  port: 1,
  state,
  reason: undefined,
  description: undefined,
})

function view(change: Partial<View> = {}): View {
  return { deployment: aServiceDeployment(), service: aService(), targets: [], elapsed: 5000, ...change }
}

test('a status line has the counts of the deployment and the health of the targets', () => {
  const targets = ['initial', 'healthy', 'healthy'].map(target)
  const deployment = aServiceDeployment({ runningTaskCount: 1, pendingTaskCount: 3 })
  expect(statusLine(view({ deployment, targets }))).toBe(
    'IN_PROGRESS · desired 2 · running 1 · pending 3 · failed 0 · targets 2 healthy, 1 initial',
  )
  expect(statusLine(view())).toBe('IN_PROGRESS · desired 2 · running 0 · pending 2 · failed 0')
})

test('once the deployment has failed the line says how many tasks the service still runs', () => {
  const deployment = aServiceDeployment({ status: 'ROLLBACK_IN_PROGRESS' })
  const service = aService({ runningCount: 3 })
  expect(statusLine(view({ deployment, service }))).toContain('failed 0 · in the service 3')
})

test.each([
  ['the breaker', 3, 1, 3],
  ['the deployment', 1, 2, 2],
])('failed is the larger count, here of %s', (_, failureCount, failedTasks, expected) => {
  const deployment = aServiceDeployment({
    circuitBreaker: { status: 'MONITORING', failureCount, threshold: 3 },
  })
  const deployments = [
    aDeployment({ id: older, failedTasks: 9 }),
    aDeployment({ status: 'ACTIVE', failedTasks }),
  ]
  expect(statusLine(view({ deployment, service: aService({ deployments }) }))).toContain(`failed ${expected}`)
})

test('without a breaker the failed tasks are those of the deployment', () => {
  const service = aService({ deployments: [aDeployment({ failedTasks: 4 })] })
  expect(
    statusLine(view({ deployment: aServiceDeployment({ circuitBreaker: undefined }), service })),
  ).toContain('failed 4')
})

test('events come once, oldest first, and the status only when it has changed', () => {
  const lines: string[] = []
  const tell = narrator((line) => lines.push(line), new Set(['before']))
  const events = (...list: ServiceEvent[]) => aService({ events: list })
  tell(view({ service: events(event('b', 2), event('a', 0), event('before', 0)) }))
  tell(view({ service: events(event('c', 3), event('b', 2), event('a', 0)), elapsed: 9000 }))
  tell(view({ deployment: aServiceDeployment({ status: 'SUCCESSFUL' }), elapsed: 65_000 }))
  expect(lines).toEqual([
    '  event a',
    '  event b',
    'IN_PROGRESS · desired 2 · running 0 · pending 2 · failed 0 · 5s',
    '  event c',
    'SUCCESSFUL · desired 2 · running 0 · pending 2 · failed 0 · 1m5s',
  ])
})
