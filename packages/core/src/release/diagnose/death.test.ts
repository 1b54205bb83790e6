import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { aContainer, aTask } from '../test-data.fixture.ts'
import { deathIn } from './death.ts'

const definition: JsonObject = {
  containerDefinitions: [
    { name: 'app' },
    { name: 'proxy', essential: true },
    { name: 'init', essential: false },
  ],
}

test.each<[string, [name: string, exitCode: number | undefined, reason?: string][], string | undefined]>([
  [
    'an error before SIGTERM',
    [
      ['proxy', 143],
      ['app', 1],
    ],
    'app',
  ],
  [
    'an error before SIGKILL',
    [
      ['proxy', 137],
      ['app', 2],
    ],
    'app',
  ],
  [
    'SIGKILL before a clean end',
    [
      ['proxy', 0],
      ['app', 137],
    ],
    'app',
  ],
  [
    'a clean end before SIGTERM',
    [
      ['proxy', 143],
      ['app', 0],
    ],
    'app',
  ],
  [
    'no memory before an error',
    [
      ['proxy', 1],
      ['app', 137, 'OutOfMemoryError: Container killed due to memory usage'],
    ],
    'app',
  ],
  [
    'a segmentation fault before SIGKILL',
    [
      ['proxy', 137],
      ['app', 139],
    ],
    'app',
  ],
  [
    'an essential one, not another',
    [
      ['init', 1],
      ['app', 0],
    ],
    'app',
  ],
  ['none without an exit code', [['app', undefined]], undefined],
  ['none among none', [], undefined],
])('blames %s', (_, containers, expected) => {
  const task = aTask('1', {
    containers: containers.map(([name, exitCode, reason]) => aContainer({ name, exitCode, reason })),
  })
  expect(deathIn(task, definition)?.container).toBe(expected)
})
