import { expect, test } from 'vitest'
import { httpTarget, testStand } from '../elbv2/stand.fixture.ts'

test('what a security group keeps out times out, and is healthy once the group is open', async () => {
  let open = false
  await using app = await httpTarget((_, response) => response.end())
  await using stand = testStand(100, true, () => open)
  const { group, url } = await stand.web({ UnhealthyThresholdCount: '2', HealthyThresholdCount: '2' })
  const { targetGroups } = stand.balancing
  targetGroups.register(group, app.target)
  const state = () => targetGroups.health(group, app.target)
  await expect.poll(() => state()?.state, { timeout: 10_000 }).toBe('unhealthy')
  expect(state()).toMatchObject({ reason: 'Target.Timeout', description: 'Request timed out' })
  // Fail-open sends it there all the same, and no connection comes about.
  expect((await fetch(url)).status).toBe(504)
  open = true
  await expect.poll(() => state()?.state, { timeout: 10_000 }).toBe('healthy')
  expect((await fetch(url)).status).toBe(200)
})
