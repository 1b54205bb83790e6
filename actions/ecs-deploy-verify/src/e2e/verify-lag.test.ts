import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { editList, objects } from './answers.fixture.ts'
import { callsOf } from './reference.fixture.ts'
import { registered, startedBehindItsBack, verify } from './verify.fixture.ts'
import { world } from './world.fixture.ts'

test('a deployment that fails while DescribeServices lags behind is not asked about without pause', async () => {
  await using aws = await world({ timeScale: 40 })
  const { clients, faults } = aws.testbed
  const { cluster, service } = aws.stack
  const v2 = await aws.push('v2', { fault: 'exit' })
  await startedBehindItsBack(aws, await registered(aws, v2.uri))
  const { services } = await clients.ecs.describeServices({ cluster, services: [service] })
  const stale = JSON.parse(JSON.stringify(services?.[0]?.deployments))
  for (const each of objects(stale)) {
    each.createdAt = Date.parse(String(each.createdAt)) / 1000
    each.updatedAt = Date.parse(String(each.updatedAt)) / 1000
  }
  const lag = faults.inject(
    editList('DescribeServices', 'services', (each) => ({ ...each, deployments: stale })),
  )
  let calls = { before: 0, after: 0 }
  const lagging = (async () => {
    for (;;) {
      const { serviceDeployments = [] } = await clients.ecs.listServiceDeployments({ cluster, service })
      if (serviceDeployments[0]?.status === 'ROLLBACK_SUCCESSFUL') break
      await wait(50)
    }
    const before = callsOf(aws).length
    await wait(6000)
    calls = { before, after: callsOf(aws).length }
    lag.remove()
  })()
  await using run = await verify(aws, { images: aws.v1.uri })
  await lagging
  expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  // One round of looks with its diagnosis, and then the service alone.
  expect(calls.after - calls.before).toBeLessThan(30)
})
