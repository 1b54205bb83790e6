import { expect, test } from 'vitest'
import { virtualClock } from '../../time/virtual-clock.ts'
import { type Consistency, visibility } from './visibility.ts'

const seconds: Consistency = {
  describeServices: 4000,
  listServiceDeployments: 3000,
  currentServiceDeployment: 6000,
}

test('what is new stays out of sight for a while, each place for a time of its own', async () => {
  const clock = virtualClock()
  const shown = visibility(clock, seconds)
  const [old, young] = [{ createdAt: clock.now() - 60_000 }, { createdAt: clock.now() }]
  await clock.advance(3.5)
  expect(shown.settled('listServiceDeployments', [young, old])).toEqual([young, old])
  expect(shown.settled('describeServices', [young, old])).toEqual([old])
  await clock.advance(0.5)
  expect(shown.settled('describeServices', [young, old])).toEqual([young, old])
  expect(shown.settled('currentServiceDeployment', [young, old])).toEqual([old])
})

test('alternating, every other answer is fresh until the time is over, and places do not count for one another', async () => {
  const clock = virtualClock()
  const shown = visibility(clock, { ...seconds, alternating: true })
  const young = { createdAt: clock.now() }
  const look = (): number => shown.settled('describeServices', [young]).length
  expect([look(), look()]).toEqual([0, 1])
  expect(shown.settled('listServiceDeployments', [young])).toEqual([])
  expect([look(), look(), look()]).toEqual([0, 1, 0])
  await clock.advance(4)
  expect([look(), look(), look()]).toEqual([1, 1, 1])
})
