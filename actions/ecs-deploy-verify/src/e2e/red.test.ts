import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { editDeployment } from './answers.fixture.ts'
import { type World, world } from './world.fixture.ts'

/** Waits for the deployment that the action has started. */
async function underWay({ stack, testbed }: World): Promise<string> {
  for (;;) {
    await wait(100)
    const { cluster, service } = stack
    const { serviceDeployments = [] } = await testbed.clients.ecs.listServiceDeployments({ cluster, service })
    const found = serviceDeployments.find(({ status }) => status === 'IN_PROGRESS')?.serviceDeploymentArn
    if (found !== undefined) return found
  }
}

describe.concurrent('rolled-back is never a success', () => {
  test('a crash on start', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2', { fault: 'exit', says: ['cannot open the orders database'] })
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back': 'true', verified: 'false' })
    expect(run.outputs.message).toMatch(
      /^orders:2 failed on orders and ECS rolled back to orders:1: container app ends/,
    )
    expect(run.outputs.findings).toContain('"crash-on-start"')
    expect(run.summary).toContain('exit code 3')
    expect(run.summary).toMatch(/Runs now \| orders:1 \|/)
    expect(run.summary).toContain('Image of app')
    expect(run.summary).toContain('cannot open the orders database')
    // ECS did it, and nobody else.
    const { calls } = aws.testbed
    expect(calls.of('ecs', 'StopServiceDeployment')).toHaveLength(0)
    expect(calls.of('ecs', 'UpdateService')).toHaveLength(1)
    // Once where it was found out, once in the error.
    expect(run.log.match(/container app ends soon/g)).toHaveLength(2)
    expect(run.log).not.toContain('(service orders)')
  })

  test('releases back to back: the second waits until the first has completed, so that ECS rolls back to it', async () => {
    // The old task takes its time to be gone, so the first release is successful long before it has completed.
    await using aws = await world({ timings: { deprovisioning: 1200 } })
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3', { fault: 'exit' })]
    await using first = await aws.deploy({ images: v2.uri })
    expect(first.outputs.outcome).toBe('succeeded')
    await using second = await aws.deploy({ images: v3.uri })
    expect(second.outputs.outcome).toBe('rolled-back')
    expect(second.log).toMatch(
      new RegExp(
        `Waiting until ${first.outputs['deployment-id']} has completed.*COMPLETED · .*▸ Deployment`,
        's',
      ),
    )
    expect(second.log).not.toContain('has not completed yet')
    expect(second.outputs.message).toContain('ECS rolled back to orders:2')
    expect(second.summary).toMatch(/Runs now \| orders:2 \|/)
  })

  test('a release that waits for nobody goes back further, and says so before and after', async () => {
    await using aws = await world({ timings: { deprovisioning: 2000 } })
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3', { fault: 'exit' })]
    await using first = await aws.deploy({ images: v2.uri })
    expect(first.outputs.outcome).toBe('succeeded')
    await using second = await aws.deploy({ images: v3.uri, concurrency: 'supersede' })
    expect(second.outputs.outcome).toBe('rolled-back')
    expect(second.annotations.map(({ message }) => message).join()).toContain('has not completed yet')
    expect(second.summary).toContain('orders:1, not orders:2, which ran before')
  })

  test('StopServiceDeployment by hand', async () => {
    await using aws = await world({ timeScale: 20 })
    const v2 = await aws.push('v2')
    const stopped = underWay(aws).then((serviceDeploymentArn) =>
      aws.testbed.clients.ecs.stopServiceDeployment({ serviceDeploymentArn, stopType: 'ROLLBACK' }),
    )
    await using run = await aws.deploy({ images: v2.uri })
    await stopped
    expect(run.outputs).toMatchObject({ outcome: 'rolled-back', verified: 'false' })
  })

  test('rollback-failed: there has never been a good deployment', async () => {
    await using aws = await world({ wait: false, first: { fault: 'exit' }, timeScale: 20 })
    await using run = await aws.deploy()
    expect(run.outputs).toMatchObject({
      outcome: 'rollback-failed',
      'rolled-back': 'false',
      verified: 'false',
    })
    expect(run.summary).toContain('ECS found no completed deployment to roll back to')
  })
})

describe.concurrent('the other ways not to succeed', () => {
  test('failed: the circuit breaker without rollback', async () => {
    await using aws = await world({ circuitBreaker: { enable: true, rollback: false } })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off', 'on-failure': 'fail' })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false', verified: 'false' })
    expect(run.summary).toContain('exit code 3')
  })

  test('timed-out: tasks fail and nothing ends the deployment', async () => {
    await using aws = await world({ circuitBreaker: { enable: false, rollback: false } })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({
      images: v2.uri,
      timeout: '3s',
      'early-failure': 'off',
      'on-failure': 'fail',
    })
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', verified: 'false' })
    expect(run.outputs.message).toMatch(
      /had not ended after \ds, its status was IN_PROGRESS: container app ends/,
    )
    expect(run.durationMs).toBeLessThan(10_000)
  })

  test('superseded: somebody else deploys meanwhile', async () => {
    await using aws = await world({ timeScale: 20 })
    const v2 = await aws.push('v2')
    const { cluster, service } = aws.stack
    const other = underWay(aws).then(() =>
      aws.testbed.clients.ecs.updateService({ cluster, service, forceNewDeployment: true }),
    )
    await using run = await aws.deploy({ images: v2.uri })
    const primary = (await other).service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
    expect(run.outputs).toMatchObject({ outcome: 'superseded', verified: 'false' })
    expect(run.outputs.message).toBe(`The deployment of orders:2 to orders was superseded by ${primary}`)
  })

  test('stopped: for no reason that ECS tells', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    aws.testbed.faults.inject(
      editDeployment((each) => ({ ...each, status: 'STOPPED', statusReason: 'An operator did it' })),
    )
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'stopped', verified: 'false' })
    expect(run.outputs.message).toContain('An operator did it')
  })
})
