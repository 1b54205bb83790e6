import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { codesOf, errorOf } from './findings.fixture.ts'
import { revision } from './revision.fixture.ts'
import { type WorldOptions, world } from './world.fixture.ts'

const secrets = [{ name: 'TOKEN', valueFrom: '/orders/token' }]
const stays: WorldOptions = { circuitBreaker: { enable: true, rollback: false } }

describe.concurrent('a deployment that had failed before, and whose cause is mended', () => {
  test('is not deployed again by itself, and the step says how', async () => {
    await using aws = await world(stays)
    const inputs = { 'task-definition': await revision(aws, { secrets }), 'on-failure': 'fail' }
    await using first = await aws.deploy(inputs)
    expect(first.outputs.outcome, first.log).toBe('failed')
    expect(codesOf(first)).toEqual(['secret-missing', 'circuit-breaker'])
    aws.testbed.account.secrets.putParameter('/orders/token', 'one')

    await using again = await aws.deploy(inputs)
    const id = first.outputs['deployment-id']
    expect(again.outputs).toMatchObject({ outcome: 'failed', verified: 'false', 'rolled-back': 'false' })
    expect(errorOf(again)).toBe(
      `The deployment of orders:2 to orders failed: nothing was deployed, as the service has orders:2 already, and its deployment ${id} had failed before this run\nOnce what made it fail is mended, set force-new-deployment: true, which deploys it anew. The cause is told by the run that started it.`,
    )
    expect(codesOf(again)).toEqual(['failed-before'])
    expect(again.log + again.summary).not.toContain('does not exist')
    expect(again.summary).toContain('force-new-deployment: true')

    await using anew = await aws.deploy({ ...inputs, 'force-new-deployment': 'true' })
    expect(anew.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  })

  test('where it was the first of the service, too', async () => {
    await using aws = await world({ first: { fault: 'exit' }, wait: false })
    const { cluster, service } = aws.stack
    for (let state = ''; state !== 'FAILED'; ) {
      await wait(50)
      const { services } = await aws.testbed.clients.ecs.describeServices({ cluster, services: [service] })
      state = services?.[0]?.deployments?.[0]?.rolloutState ?? ''
    }
    await using run = await aws.deploy({ images: aws.v1.uri })
    expect(run.outputs.outcome, run.log).toBe('rollback-failed')
    expect(run.outputs.message).toMatch(/nothing was deployed, as the service has orders:1 already/)
    expect(codesOf(run)).toEqual(['failed-before'])
    expect(run.log).not.toContain('ends soon after its start')
  })
})
