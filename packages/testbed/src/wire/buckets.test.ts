import { expect, test } from 'vitest'
import { miniEcs } from './account.fixture.ts'
import { buckets } from './buckets.ts'

const own = { name: 'own', burst: 3, perSecond: 0 }
const shared = { name: 'shared', burst: 4, perSecond: 2 }
const service = {
  ...miniEcs,
  buckets: (operation: string) => (operation === 'Modify' ? [own, shared] : [shared]),
}

function taken(bucketsOf: ReturnType<typeof buckets>, operation: string): number {
  let count = 0
  while (count < 100 && bucketsOf.take(service, operation)) count += 1
  return count
}

test('a bucket never holds more than its burst, however long nothing is drawn', () => {
  let now = 0
  const account = buckets(() => now)
  expect(taken(account, 'Describe')).toBe(4)
  now += 500
  expect(taken(account, 'Describe')).toBe(1)
  now += 3_600_000
  expect(taken(account, 'Describe')).toBe(4)
})

test('an operation draws on all its buckets or on none', () => {
  const account = buckets(() => 0)
  expect(taken(account, 'Modify')).toBe(3)
  // Refused for want of a token of its own, so the shared bucket still has its last.
  expect(taken(account, 'Describe')).toBe(1)
})

test('services do not share buckets of the same name', () => {
  const account = buckets(() => 0)
  taken(account, 'Describe')
  expect(account.take({ ...service, name: 'logs' }, 'Describe')).toBe(true)
})
