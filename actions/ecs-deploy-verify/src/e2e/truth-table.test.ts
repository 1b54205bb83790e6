import type { JsonObject } from '@ecs-release/testbed'
import { describe, expect, test, vi } from 'vitest'
import { outcomeOf, product, type Shown, wayTo } from '../truth-table.fixture.ts'
import { editDeployment, editList, editTasks, objects } from './answers.fixture.ts'
import { type World, world } from './world.fixture.ts'

// These runs mostly wait.
vi.setConfig({ maxConcurrency: 8 })

/** What AWS shows while the action waits and proves, as in the table of the product; last comes the outcome. */
type Row = [
  status: string,
  rolloutState: Shown['rolloutState'],
  deployment: Shown['deployment'],
  primary: Shown['primary'],
  desired: Shown['desired'],
  digest: Shown['digest'],
  outcome: string,
]

/** Each way to an end once, as AWS can show it. The whole product runs in process (truth-table.test.ts of the action). */
const rows: Row[] = [
  ['PENDING', 'IN_PROGRESS', 'new', 'another', 1, 'right', 'timed-out'],
  ['PENDING', 'IN_PROGRESS', 'none', 'ours', 0, 'wrong', 'timed-out'],
  ['IN_PROGRESS', 'COMPLETED', 'new', 'ours', 1, 'right', 'timed-out'],
  ['IN_PROGRESS', 'IN_PROGRESS', 'none', 'ours', 1, 'right', 'timed-out'],
  ['STOP_REQUESTED', 'FAILED', 'new', 'ours', 1, 'right', 'timed-out'],
  ['STOP_REQUESTED', 'IN_PROGRESS', 'none', 'another', 0, 'wrong', 'timed-out'],
  ['ROLLBACK_REQUESTED', 'FAILED', 'new', 'ours', 0, 'wrong', 'timed-out'],
  ['ROLLBACK_REQUESTED', 'IN_PROGRESS', 'none', 'ours', 1, 'right', 'timed-out'],
  ['ROLLBACK_IN_PROGRESS', 'FAILED', 'new', 'another', 1, 'wrong', 'timed-out'],
  ['ROLLBACK_IN_PROGRESS', 'FAILED', 'none', 'another', 0, 'right', 'timed-out'],
  ['A_STATUS_OF_TOMORROW', 'COMPLETED', 'new', 'ours', 0, 'wrong', 'timed-out'],
  ['A_STATUS_OF_TOMORROW', 'IN_PROGRESS', 'none', 'another', 1, 'wrong', 'timed-out'],
  ['SUCCESSFUL', 'COMPLETED', 'new', 'ours', 1, 'right', 'succeeded'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'new', 'ours', 1, 'wrong', 'failed'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'new', 'ours', 0, 'right', 'unverified'],
  ['SUCCESSFUL', 'COMPLETED', 'new', 'another', 1, 'right', 'superseded'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'none', 'ours', 1, 'right', 'no-change'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'none', 'ours', 1, 'wrong', 'failed'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'none', 'ours', 0, 'right', 'unverified'],
  ['SUCCESSFUL', 'IN_PROGRESS', 'none', 'another', 1, 'right', 'superseded'],
  ['STOPPED', 'IN_PROGRESS', 'new', 'another', 1, 'right', 'superseded'],
  ['STOPPED', 'FAILED', 'new', 'ours', 1, 'right', 'failed'],
  ['STOPPED', 'IN_PROGRESS', 'new', 'ours', 1, 'right', 'stopped'],
  ['STOPPED', 'FAILED', 'none', 'another', 1, 'wrong', 'superseded'],
  ['STOPPED', 'FAILED', 'none', 'ours', 1, 'right', 'failed'],
  ['STOPPED', 'IN_PROGRESS', 'none', 'ours', 0, 'wrong', 'stopped'],
  ['ROLLBACK_SUCCESSFUL', 'FAILED', 'new', 'another', 1, 'wrong', 'rolled-back'],
  ['ROLLBACK_SUCCESSFUL', 'FAILED', 'none', 'another', 0, 'right', 'rolled-back'],
  ['ROLLBACK_FAILED', 'IN_PROGRESS', 'new', 'ours', 1, 'right', 'rollback-failed'],
  ['ROLLBACK_FAILED', 'FAILED', 'none', 'another', 1, 'right', 'rollback-failed'],
  ['SUCCESSFUL', 'COMPLETED', 'none', 'ours', 1, 'right', 'no-change'],
  ['IN_PROGRESS', 'COMPLETED', 'none', 'ours', 1, 'wrong', 'failed'],
  ['STOP_REQUESTED', 'COMPLETED', 'none', 'ours', 0, 'right', 'unverified'],
  ['ROLLBACK_FAILED', 'COMPLETED', 'none', 'another', 0, 'wrong', 'superseded'],
]

test('every way to an end has one row, and no other has', () => {
  const shown = rows.map(
    ([status, rolloutState, deployment, primary, desired, digest]): Shown => ({
      status,
      rolloutState,
      deployment,
      primary,
      desired,
      digest,
    }),
  )
  expect(shown.map(outcomeOf)).toEqual(rows.map((row) => row[6]))
  expect(shown.map(wayTo).toSorted()).toEqual([...new Set(product.map(wayTo))].toSorted())
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
