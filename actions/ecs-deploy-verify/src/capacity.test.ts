import { afterEach, expect, test, vi } from 'vitest'
import { place } from './virtual-place.fixture.ts'
import { type Behaviour, crash } from './virtual-run.fixture.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** Releases a version for which AWS Fargate has no capacity before this many seconds are over. */
async function lacking(seconds: number, version: Behaviour, inputs: Record<string, string> = {}) {
  await using here = await place()
  const { fargate } = here.testbed.account
  fargate.setCapacity(false)
  here.time.clock.after(seconds, () => fargate.setCapacity(true))
  const { log, result } = await here.release(version, inputs)
  expect(log).toContain('Capacity is unavailable at this time')
  const findings: { code: string }[] = JSON.parse(result.outputs.findings ?? '')
  return { result, codes: findings.map(({ code }) => code) }
}

test('lacking capacity that has come back is not why the tasks crash', async () => {
  const { codes, result } = await lacking(40, crash)
  expect(result.failure).toMatch(/^The deployment of orders:2 to orders failed: container app ends soon/)
  expect(codes).toEqual(['crash-on-start', 'early-failure'])
})

test('nor why a deployment whose tasks run is not over in time', async () => {
  const { codes, result } = await lacking(40, {}, { timeout: '100s' })
  expect(result.outputs.outcome).toBe('timed-out')
  expect(codes).toEqual(['timed-out'])
})

test('capacity that is still lacking when the time is up is why', async () => {
  const { codes, result } = await lacking(Infinity, {}, { timeout: '100s' })
  expect(result.failure).toContain('AWS Fargate has no capacity')
  expect(codes).toEqual(['no-capacity', 'timed-out'])
})
