import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { ask } from '../elbv2/ask.fixture.ts'
import { httpTarget, testStand } from '../elbv2/stand.fixture.ts'

const seconds = (timeout: number, TargetGroupArn: string) => ({
  TargetGroupArn,
  Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: `${timeout}` }],
})

/** An app whose users wait until the test lets them go. */
async function waitingRoom() {
  const held: ServerResponse[] = []
  const app = await httpTarget(({ url }, response) => {
    if (url === '/wait') held.push(response)
    else response.end('first')
  })
  return { app, held }
}

test('requests in flight finish, new ones go elsewhere, and the target drains for the whole delay', async () => {
  const { app, held } = await waitingRoom()
  await using first = app
  await using second = await httpTarget((_, response) => response.end('second'))
  await using stand = testStand(100)
  const { group, url } = await stand.web()
  const { targetGroups } = stand.balancing
  await stand.operate('ModifyTargetGroupAttributes', seconds(60, group))
  targetGroups.register(group, first.target)
  await expect.poll(() => targetGroups.health(group, first.target)?.state).toBe('healthy')
  const waiting = ask(`${url}/wait`)
  await expect.poll(() => held.length).toBe(1)
  targetGroups.register(group, second.target)
  await expect.poll(() => targetGroups.health(group, second.target)?.state).toBe('healthy')

  const began = Date.now()
  targetGroups.deregister(group, first.target)
  for (let n = 0; n < 6; n += 1) expect((await ask(url)).body).toBe('second')
  held[0]?.end('done')
  expect(await waiting).toMatchObject({ status: 200, body: 'done' })
  expect(targetGroups.health(group, first.target)).toEqual({
    target: first.target,
    state: 'draining',
    reason: 'Target.DeregistrationInProgress',
    description: 'Target deregistration is in progress',
  })
  await expect.poll(() => targetGroups.health(group, first.target), { interval: 10 }).toBeUndefined()
  expect(Date.now() - began).toBeGreaterThanOrEqual(590)
})

test('what is still open when the delay is over gets a 502', async () => {
  const { app, held } = await waitingRoom()
  await using target = app
  await using stand = testStand(100)
  const { group, url } = await stand.web()
  const { targetGroups } = stand.balancing
  await stand.operate('ModifyTargetGroupAttributes', seconds(20, group))
  targetGroups.register(group, target.target)
  await expect.poll(() => targetGroups.health(group, target.target)?.state).toBe('healthy')
  const waiting = ask(`${url}/wait`)
  await expect.poll(() => held.length).toBe(1)
  targetGroups.deregister(group, target.target)
  expect((await ask(url)).status).toBe(503)
  expect((await waiting).status).toBe(502)
})

test('a delay of 0 ends at once', async () => {
  await using app = await httpTarget((_, response) => response.end())
  await using stand = testStand(100)
  const { group } = await stand.web()
  const { targetGroups } = stand.balancing
  await stand.operate('ModifyTargetGroupAttributes', seconds(0, group))
  targetGroups.register(group, app.target)
  targetGroups.deregister(group, app.target)
  expect(targetGroups.health(group, app.target)).toBeUndefined()
  expect(targetGroups.deregistrationDelay(group)).toBe(0)
})

test('a draining target that is registered again starts over', async () => {
  const { app: waitingApp, held } = await waitingRoom()
  await using app = waitingApp
  await using stand = testStand(100)
  const { group, url } = await stand.web()
  const { targetGroups } = stand.balancing
  await stand.operate('ModifyTargetGroupAttributes', seconds(30, group))
  targetGroups.register(group, app.target)
  const waiting = ask(`${url}/wait`)
  await expect.poll(() => held.length).toBe(1)
  targetGroups.deregister(group, app.target)
  targetGroups.register(group, app.target)
  expect(targetGroups.health(group, app.target)?.state).toBe('initial')
  await expect.poll(() => targetGroups.health(group, app.target)?.state).toBe('healthy')
  // The delay that was running must neither take the new registration away nor cut what is in flight.
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(targetGroups.health(group, app.target)?.state).toBe('healthy')
  held[0]?.end('done')
  expect((await waiting).body).toBe('done')
})
