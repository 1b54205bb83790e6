import type { JsonObject } from '@ecs-release/testbed'
import { describe, expect, test, vi } from 'vitest'
import { editDeployment, editList, editTasks, objects } from './answers.fixture.ts'
import { type World, world } from './world.fixture.ts'

// These runs mostly wait.
vi.setConfig({ maxConcurrency: 8 })

/**
 * What AWS shows while the action waits and proves: the status of the service deployment, the rollout state of its deployment in
 * DescribeServices, whether UpdateService started it, whose deployment is PRIMARY by then, the desired count, and which digest the tasks
 * report. Last comes the outcome.
 */
type Row = [
  status: string,
  rolloutState: 'COMPLETED' | 'IN_PROGRESS' | 'FAILED',
  deployment: 'new' | 'none',
  primary: 'ours' | 'another',
  desired: 0 | 1,
  digest: 'right' | 'wrong',
  outcome: string,
]

/** Every value of a column meets every value of every other. Without a new deployment, one that has COMPLETED is not followed: its status is not asked for. */
const rows: Row[] = [
  ['PENDING', 'FAILED', 'none', 'ours', 0, 'wrong', 'timed-out'],
  ['PENDING', 'IN_PROGRESS', 'new', 'another', 1, 'right', 'timed-out'],
  ['PENDING', 'COMPLETED', 'none', 'ours', 0, 'wrong', 'unverified'],
  ['IN_PROGRESS', 'COMPLETED', 'none', 'another', 0, 'wrong', 'superseded'],
  ['IN_PROGRESS', 'FAILED', 'new', 'ours', 1, 'right', 'timed-out'],
  ['IN_PROGRESS', 'IN_PROGRESS', 'none', 'ours', 1, 'right', 'timed-out'],
  ['SUCCESSFUL', 'COMPLETED', 'new', 'ours', 1, 'right', 'succeeded'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'none', 'ours', 1, 'right', 'no-change'],
  ['SUCCESSFUL', 'FAILED', 'new', 'ours', 1, 'wrong', 'failed'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'new', 'ours', 0, 'right', 'unverified'],
  ['SUCCESSFUL', 'FAILED', 'new', 'another', 1, 'right', 'superseded'],
  ['STOP_REQUESTED', 'IN_PROGRESS', 'none', 'another', 0, 'wrong', 'timed-out'],
  ['STOP_REQUESTED', 'FAILED', 'new', 'ours', 1, 'right', 'timed-out'],
  ['STOP_REQUESTED', 'COMPLETED', 'none', 'ours', 0, 'right', 'unverified'],
  ['STOPPED', 'COMPLETED', 'new', 'another', 1, 'right', 'superseded'],
  ['STOPPED', 'FAILED', 'new', 'ours', 1, 'right', 'failed'],
  ['STOPPED', 'IN_PROGRESS', 'new', 'ours', 1, 'right', 'stopped'],
  ['STOPPED', 'IN_PROGRESS', 'none', 'ours', 0, 'wrong', 'stopped'],
  ['ROLLBACK_REQUESTED', 'COMPLETED', 'none', 'ours', 1, 'wrong', 'failed'],
  ['ROLLBACK_REQUESTED', 'IN_PROGRESS', 'new', 'another', 0, 'right', 'timed-out'],
  ['ROLLBACK_REQUESTED', 'FAILED', 'new', 'ours', 0, 'wrong', 'timed-out'],
  ['ROLLBACK_IN_PROGRESS', 'FAILED', 'new', 'ours', 1, 'wrong', 'timed-out'],
  ['ROLLBACK_IN_PROGRESS', 'IN_PROGRESS', 'none', 'another', 0, 'right', 'timed-out'],
  ['ROLLBACK_IN_PROGRESS', 'COMPLETED', 'none', 'ours', 0, 'wrong', 'unverified'],
  ['ROLLBACK_SUCCESSFUL', 'FAILED', 'none', 'another', 0, 'right', 'rolled-back'],
  ['ROLLBACK_SUCCESSFUL', 'COMPLETED', 'new', 'ours', 1, 'wrong', 'rolled-back'],
  ['ROLLBACK_SUCCESSFUL', 'IN_PROGRESS', 'new', 'another', 1, 'wrong', 'rolled-back'],
  ['ROLLBACK_FAILED', 'COMPLETED', 'none', 'another', 0, 'wrong', 'superseded'],
  ['ROLLBACK_FAILED', 'IN_PROGRESS', 'new', 'ours', 1, 'right', 'rollback-failed'],
  ['ROLLBACK_FAILED', 'FAILED', 'none', 'another', 1, 'right', 'rollback-failed'],
  ['A_STATUS_OF_TOMORROW', 'COMPLETED', 'new', 'ours', 0, 'wrong', 'timed-out'],
  ['A_STATUS_OF_TOMORROW', 'FAILED', 'new', 'another', 1, 'right', 'timed-out'],
  ['A_STATUS_OF_TOMORROW', 'IN_PROGRESS', 'none', 'another', 1, 'wrong', 'timed-out'],
]

test('every two values of different columns have a row', () => {
  const columns = [0, 1, 2, 3, 4, 5].map((column) => [...new Set(rows.map((row) => row[column]))])
  const missing = columns.flatMap((values, one) =>
    columns.slice(one + 1).flatMap((others, offset) =>
      values.flatMap((value) =>
        others.flatMap((other) => {
          const has = rows.some((row) => row[one] === value && row[one + 1 + offset] === other)
          return has ? [] : [`${value} with ${other}`]
        }),
      ),
    ),
  )
  expect(missing).toEqual([])
  // Source: API reference, ServiceDeployment, `status`; and one that AWS may add some day.
  expect(columns.map(({ length }) => length)).toEqual([10, 3, 2, 2, 2, 2])
})

/** Lets AWS answer as a row says, from the moment on at which the action has found out what it started. */
function show({ testbed }: World, [status, rolloutState, deployment, primary, desired, digest]: Row): void {
  const { calls, faults } = testbed
  const asked = (operation: string) => calls.of('ecs', operation).length
  // The action's first look, and what UpdateService answers, are of before.
  const seen = asked('DescribeServices') + 1
  const shown = () =>
    deployment === 'new' ? asked('DescribeServiceDeployments') > 0 : asked('DescribeServices') > seen
  const isOurs = ({ status: role, taskDefinition }: JsonObject) =>
    deployment === 'new' ? String(taskDefinition).endsWith(':2') : role === 'PRIMARY'
  const another = (own: JsonObject): JsonObject => ({
    ...own,
    id: 'ecs-svc/9000000000000000009',
    createdAt: Number(own.createdAt) + 1,
    rolloutState: 'IN_PROGRESS',
    runningCount: 0,
  })
  const deploymentsOf = (service: JsonObject): JsonObject[] =>
    objects(service.deployments).flatMap((each) => {
      if (!isOurs(each)) return [each]
      const own = { ...each, rolloutState }
      return primary === 'another' && shown() ? [another(own), { ...own, status: 'ACTIVE' }] : [own]
    })
  const edited = (service: JsonObject): JsonObject => ({
    ...service,
    deployments: deploymentsOf(service),
    ...(shown() ? { desiredCount: desired } : {}),
  })
  faults.inject(editList('DescribeServices', 'services', edited))
  // The action looks at what UpdateService answers, too.
  const answered = ({ service, ...body }: JsonObject): JsonObject => ({
    ...body,
    ...Object.fromEntries(objects([service ?? null]).map((each) => ['service', edited(each)])),
  })
  if (deployment === 'none')
    faults.inject({ service: 'ecs', operation: 'UpdateService', fault: { kind: 'answer', change: answered } })
  faults.inject(editDeployment((each) => ({ ...each, status })))
  if (digest === 'wrong')
    faults.inject(editTasks((each) => ({ ...each, imageDigest: `sha256:${'f'.repeat(64)}` })))
}

const green = new Set(['succeeded', 'no-change'])

describe.concurrent('what AWS shows decides, by the committed bundle', () => {
  test.each(rows)('%s, %s, deployment %s, PRIMARY %s, desired %i, digest %s: %s', async (...row) => {
    const [, , deployment, , , , outcome] = row
    await using aws = await world()
    const images = deployment === 'new' ? (await aws.push('v2')).uri : aws.v1.uri
    show(aws, row)
    const timeout = outcome === 'timed-out' ? '2s' : '2m'
    // Unchecked, as no AWS says SUCCESSFUL of what it has not ended.
    await using run = await aws.deployUnchecked({ images, timeout, 'on-failure': 'fail' })
    expect(run.outputs.outcome, run.log).toBe(outcome)
    expect(run.exitCode).toBe(green.has(outcome) ? 0 : 1)
    expect(run.outputs).toMatchObject({
      verified: String(green.has(outcome)),
      'rolled-back': String(outcome === 'rolled-back'),
      digests: green.has(outcome) ? JSON.stringify({ app: images.replace(/^.*@/, '') }) : '{}',
    })
  })
})
