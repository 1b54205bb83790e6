import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { users } from '../demo/users.ts'
import { httpTarget, testStand } from '../elbv2/stand.fixture.ts'

/** Replaces the one target by another that only works after a while, with users on the service all along. */
async function replaceUnderLoad(healthChecks: boolean) {
  let ready = false
  await using old = await httpTarget((_, response) => setTimeout(() => response.end('old'), 30))
  await using next = await httpTarget((_, response) => response.writeHead(ready ? 200 : 500).end('next'))
  await using stand = testStand(50, healthChecks)
  const { group, url } = await stand.web({ HealthCheckIntervalSeconds: '10' })
  const { targetGroups } = stand.balancing
  await stand.operate('ModifyTargetGroupAttributes', {
    TargetGroupArn: group,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '15' }],
  })
  const healthy = (target: typeof old.target) => targetGroups.health(group, target)?.state === 'healthy'
  targetGroups.register(group, old.target)
  await expect.poll(() => healthy(old.target), { interval: 10 }).toBe(true)
  const traffic = users({ url, perSecond: 50, paths: ['/'], timeoutMs: 2_000 })
  targetGroups.register(group, next.target)
  setTimeout(() => {
    ready = true
  }, 300)
  await expect.poll(() => healthy(next.target), { interval: 10, timeout: 10_000 }).toBe(true)
  targetGroups.deregister(group, old.target)
  await expect.poll(() => targetGroups.health(group, old.target), { interval: 10 }).toBeUndefined()
  await old.kill()
  await wait(300)
  return await traffic.stop()
}

test('users notice nothing of a replacement that waits for health and for the deregistration delay', async () => {
  const totals = await replaceUnderLoad(true)
  expect(totals.errorsByKind).toEqual({})
  expect(totals.ok).toBeGreaterThan(30)
})

test('without health checks the same replacement makes users see errors', async () => {
  const totals = await replaceUnderLoad(false)
  expect(totals.errorsByKind['HTTP 500']).toBeGreaterThan(0)
})
