import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { endless } from './answers.fixture.ts'
import { type World, world } from './world.fixture.ts'

/** Calls that a role may lack: the first ends the search for the deployment, the second the looks at it. */
const withheld = ['ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments'] as const

function deny({ testbed }: World, action: string): void {
  testbed.credentials.deny(action)
}

describe.concurrent.each(withheld)('without %s the deployment is followed by its service', (action) => {
  test('to its success, which is proven', async () => {
    await using aws = await world({ desiredCount: 2 })
    deny(aws, action)
    const v2 = await aws.push('v2')
    await using run = await aws.deployUnchecked({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: v2.digest })
    const notices = run.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message)
    expect(notices).toEqual([
      expect.stringMatching(new RegExp(`${action}.*followed by DescribeServices`, 's')),
    ])
    expect(await primary(aws)).toMatchObject({ id: run.outputs['deployment-id'], rolloutState: 'COMPLETED' })
  })

  test('to its rollback by ECS', async () => {
    await using aws = await world()
    deny(aws, action)
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back': 'true', verified: 'false' })
    expect(run.outputs.message).toMatch(/ECS rolled back to orders:1: container app ends soon/)
  })

  test('to its failure without rollback, which is taken back by an update', async () => {
    await using aws = await world({ circuitBreaker: { enable: true, rollback: false } })
    deny(aws, action)
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off' })
    expect(run.outputs.outcome).toBe('failed')
    // The history that says what was good is closed to this role as well.
    const rolledBack = action === 'ecs:DescribeServiceDeployments'
    expect(run.outputs['rolled-back']).toBe(String(rolledBack))
    if (!rolledBack) expect(run.outputs.message).toContain('The rollback failed')
  })

  test('to the deployment that superseded it', async () => {
    await using aws = await world({ timeScale: 20 })
    deny(aws, action)
    const v2 = await aws.push('v2')
    const { cluster, service } = aws.stack
    const other = (async () => {
      while (aws.testbed.calls.of('ecs', 'UpdateService').length === 0) await wait(20)
      await wait(2000)
      return aws.testbed.clients.ecs.updateService({ cluster, service, forceNewDeployment: true })
    })()
    await using run = await aws.deploy({ images: v2.uri, timeout: '40s' })
    const by = (await other).service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
    expect(run.outputs).toMatchObject({ outcome: 'superseded', 'rolled-back': 'false' })
    expect(run.outputs.message).toContain(`superseded by ${by}`)
  })
})

test.concurrent('COMPLETED is waited for: one deployment left, IN_PROGRESS, is no success', async () => {
  await using aws = await world({ timeScale: 20 })
  deny(aws, 'ecs:ListServiceDeployments')
  const v2 = await aws.push('v2')
  await using run = await aws.deploy({ images: v2.uri, timeout: '3s', 'on-failure': 'fail' })
  expect(run.outputs).toMatchObject({ outcome: 'timed-out', verified: 'false' })
})

test.concurrent('denied in the middle, it goes on by the service', async () => {
  await using aws = await world()
  const v2 = await aws.push('v2')
  aws.testbed.faults.inject(endless)
  const denying = (async () => {
    while (aws.testbed.calls.of('ecs', 'DescribeServiceDeployments').length < 2) await wait(20)
    deny(aws, 'ecs:DescribeServiceDeployments')
  })()
  await using run = await aws.deployUnchecked({ images: v2.uri })
  await denying
  expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
})

async function primary({ stack, testbed }: World) {
  const { cluster, service } = stack
  const { services } = await testbed.clients.ecs.describeServices({ cluster, services: [service] })
  return services?.[0]?.deployments?.find(({ status }) => status === 'PRIMARY')
}
