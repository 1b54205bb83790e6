import { expect, test } from 'vitest'
import { virtualClock } from './virtual-clock.ts'

test('runs what is due in order of time, then of asking', async () => {
  const clock = virtualClock(0)
  const ran: string[] = []
  clock.after(2, () => ran.push('second'))
  clock.after(1, () => ran.push('first'))
  clock.after(2, () => ran.push('third'))
  clock.after(3.001, () => ran.push('too late'))
  await clock.advance(3)
  expect(ran).toEqual(['first', 'second', 'third'])
  expect(clock.now()).toBe(3000)
})

test('lets promises settle before time goes on, so that what they ask for still falls due', async () => {
  const clock = virtualClock(0)
  const at: number[] = []
  const work = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    clock.after(1, () => at.push(clock.now()))
  }
  clock.after(1, () => void work())
  await clock.advance(10)
  expect(at).toEqual([2000])
})

test('a task sees its own moment, and a cancelled one does not run', async () => {
  const clock = virtualClock(5000)
  const seen: number[] = []
  const cancel = clock.after(1, () => seen.push(-1))
  clock.after(0.5, () => {
    seen.push(clock.secondsSince(5000))
    cancel()
  })
  await clock.advance(2)
  expect(seen).toEqual([0.5])
  cancel()
})
