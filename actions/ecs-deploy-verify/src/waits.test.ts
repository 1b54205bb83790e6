import { afterEach, expect, test, vi } from 'vitest'
import { place } from './virtual-place.fixture.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('a release waits two minutes for the one before to complete, and then warns and goes on', async () => {
  // Old tasks take their time to be gone, so that nothing completes.
  await using here = await place({}, { timings: { deprovisioning: 1000 } })
  const first = await here.release({})
  expect(first.result.outputs.outcome).toBe('succeeded')
  const second = await here.release({}, { 'force-new-deployment': 'true' })
  expect(second.result.outputs.outcome).toBe('succeeded')
  expect(second.log).toContain(`Waiting until ${first.result.outputs['deployment-id']} has completed`)
  expect(second.log).toContain('has not completed yet: should the new deployment fail')
  expect(second.seconds - first.seconds).toBeGreaterThan(100)
  expect(second.seconds - first.seconds).toBeLessThan(150)
})

test('tasks that are only added may take as long as the time-out says', async () => {
  await using here = await place({ desiredCount: 1 }, { timings: { pull: 150 } })
  const images = here.image
  const { log, result, seconds } = await here.release({}, { images, 'desired-count': '3' })
  expect(log).toContain('Waiting: only 1 of 3 tasks of')
  expect(result.outputs).toMatchObject({ outcome: 'no-change', verified: 'true' })
  expect(seconds).toBeGreaterThan(150)
})
