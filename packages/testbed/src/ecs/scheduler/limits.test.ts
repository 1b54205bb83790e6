import { expect, test } from 'vitest'
import { limits } from './limits.ts'

// The first four are the examples of the ECS API Reference and Developer Guide (ecs-model.md 3.2).
test.each([
  { desired: 4, min: 50, max: 200, minimum: 2, maximum: 8 },
  { desired: 2, min: 75, max: 200, minimum: 2, maximum: 4 },
  { desired: 3, min: 100, max: 125, minimum: 3, maximum: 3 },
  { desired: 1, min: 0, max: 100, minimum: 0, maximum: 1 },
  { desired: 1, min: 1, max: 199, minimum: 1, maximum: 1 },
  { desired: 0, min: 100, max: 200, minimum: 0, maximum: 0 },
])(
  '$desired tasks at $min/$max: at least $minimum, at most $maximum',
  ({ desired, min, max, ...expected }) => {
    expect(limits(desired, { minimumHealthyPercent: min, maximumPercent: max })).toEqual(expected)
  },
)
