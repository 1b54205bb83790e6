import { describe, expect, test } from 'vitest'
import { statements, withoutPermission } from './permissions.fixture.ts'
import { recorded as recordedCalls, release, scenarios } from './reference.fixture.ts'
import { world } from './world.fixture.ts'

const listed = statements.flatMap(({ actions }) => Object.entries(actions))
const calls = (await recordedCalls()).flat()
const recorded = new Set(calls.flatMap(({ action, permissions }) => [action, ...permissions]))

/** The policy of the guide with the words in capitals replaced by what the stack has. */
const grants = statements.map(({ actions, resources }) => ({
  actions: Object.keys(actions),
  resources: resources.map((resource) =>
    resource
      .replace('REGION', 'us-east-1')
      .replace('ACCOUNT', '111122223333')
      .replace('CLUSTER/SERVICE', 'orders/orders')
      .replace('CLUSTER', 'orders')
      .replace('FAMILY', 'orders')
      .replace('TASK_ROLE', 'ordersTaskRole')
      .replace('EXECUTION_ROLE', 'ecsTaskExecutionRole')
      .replace('REPOSITORY', 'orders')
      .replace('LOG_GROUP', '/ecs/orders'),
  ),
}))

test('every call has a statement, or a reason to need none', () => {
  const known = new Set([...listed.map(([action]) => action), ...Object.keys(withoutPermission)])
  expect([...recorded].filter((action) => !known.has(action))).toEqual([])
})

test('every statement has a call, or a reason why none is seen', () => {
  const unseen = listed.filter(([action]) => !recorded.has(action))
  expect(unseen.filter(([, { unseen }]) => unseen === undefined).map(([action]) => action)).toEqual([])
  // A reason that has become untrue goes.
  const seen = listed.filter(([action, { unseen }]) => unseen !== undefined && recorded.has(action))
  expect(seen.map(([action]) => action)).toEqual([])
  expect(new Set(listed.map(([action]) => action)).size).toBe(listed.length)
})

describe.concurrent('the policy is enough', () => {
  test.each(scenarios)('for $name', async (scenario) => {
    await using aws = await world(scenario.world)
    const inputs = await scenario.inputs(aws)
    aws.testbed.credentials.allowOnly(grants)
    await using run = await aws.deployUnchecked(inputs)
    expect(run.outputs.outcome).toBe(scenario.outcome)
    expect(run.log).not.toContain('AWS does not allow')
  })

  test('and it is a policy: another service is not deployed to', async () => {
    await using aws = await world(release.world)
    const inputs = await release.inputs(aws)
    aws.testbed.credentials.allowOnly(
      grants.map(({ actions, resources }) => ({
        actions,
        resources: resources.map((resource) =>
          resource.replace('service/orders/orders', 'service/orders/other'),
        ),
      })),
    )
    await using run = await aws.deployUnchecked(inputs)
    expect(run.outputs.outcome).toBe('failed')
    expect(run.outputs.message).toContain('AWS does not allow ecs:DescribeServices')
  })
})
