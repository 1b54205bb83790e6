import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weightedRotation } from './rotation.ts'
import { candidates, type Routable, routingViolation } from './routing.ts'

const target = fc.constantFrom('healthy', 'unhealthy', 'draining').map(
  (kind): Routable => ({
    inUse: kind !== 'draining',
    healthy: kind === 'healthy',
    draining: kind === 'draining',
  }),
)
const minimum = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ count: fc.integer({ min: 1, max: 5 }), percent: fc.integer({ min: 1, max: 100 }) }),
)

test('whoever may get a request breaks no rule, and whoever may not does', () => {
  fc.assert(
    fc.property(fc.array(target), minimum, (targets, needed) => {
      const { targets: allowed } = candidates(targets, needed)
      for (const one of targets) {
        const violation = routingViolation(one, targets, needed)
        expect(violation === undefined, violation).toBe(allowed.includes(one))
      }
    }),
  )
})

const up: Routable = { inUse: true, healthy: true, draining: false }
const down: Routable = { inUse: true, healthy: false, draining: false }
const leaving: Routable = { inUse: false, healthy: false, draining: true }

test.each<[string, Routable[], { count: number; percent?: number }, number, boolean]>([
  ['nobody', [], { count: 1 }, 0, true],
  ['only draining targets', [leaving, leaving], { count: 1 }, 0, true],
  ['one of two healthy', [up, down], { count: 1 }, 1, false],
  ['all unhealthy: fails open to all', [down, down, leaving], { count: 1 }, 2, true],
  ['fewer healthy than the minimum', [up, down, down], { count: 2 }, 3, true],
  ['fewer healthy than the percentage', [up, down, down], { count: 1, percent: 50 }, 3, true],
  ['as many as the percentage', [up, up, down, down], { count: 1, percent: 50 }, 2, false],
])('%s', (_, targets, needed, count, failsOpen) => {
  const found = candidates(targets, needed)
  expect(found.targets).toHaveLength(count)
  expect(found.failsOpen).toBe(failsOpen)
})

test.each<[string, Routable, Routable[], string]>([
  ['an unhealthy target beside a healthy one', down, [up, down], 'not healthy while 1 of 2 were'],
  ['a draining target', leaving, [down, leaving], 'draining'],
  ['a target of nobody’s', down, [up], 'not registered'],
])('%s is a violation', (_, chosen, targets, words) => {
  expect(routingViolation(chosen, targets, { count: 1 })).toContain(words)
})

test('turns follow the weights exactly over a full turn', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 5 }), (weights) => {
      const next = weightedRotation(weights.map((weight, value) => ({ value, weight })))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const shares = weights.map(() => 0)
      for (let turn = 0; turn < total; turn += 1) {
        const value = next()
        if (value !== undefined) shares[value] = (shares[value] ?? 0) + 1
      }
      expect(shares).toEqual(weights)
    }),
  )
})

test('nobody has a turn when all weights are 0', () => {
  expect(weightedRotation([{ value: 'a', weight: 0 }])()).toBeUndefined()
})
