import type { Service } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'
import { waitBySdk } from './sdk-waiter.ts'

const limits = { maxWaitTime: 2, minDelay: 1 }
const service = (...ids: string[]): Service => ({
  status: 'ACTIVE',
  desiredCount: 1,
  runningCount: 1,
  deployments: ids.map((id) => ({ id })),
})

test('a service that is stable, and one that does not get so', async () => {
  expect(await waitBySdk(() => service('1'), limits)).toBe('stable')
  expect(await waitBySdk(() => service('1', '2'), limits)).toBe('gave up')
})

test('a failure of the answer is none of the waiter’s, although it takes it for "not yet"', async () => {
  const broken = () => {
    throw new Error('no such deployment')
  }
  await expect(waitBySdk(broken, limits)).rejects.toThrow('no such deployment')
  let looks = 0
  await expect(
    waitBySdk(() => (looks++ === 0 ? broken() : service('1')), { ...limits, maxWaitTime: 9 }),
  ).rejects.toThrow('no such deployment')
})

test('an end that no time brought about is no giving up', async () => {
  await expect(waitBySdk(() => ({ status: 'DRAINING' }), limits)).rejects.toThrow('DRAINING')
})
