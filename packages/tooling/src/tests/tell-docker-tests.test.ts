import { expect, test } from 'vitest'
import { tellDockerTests } from './tell-docker-tests.ts'

const WHY = 'no container engine at /var/run/docker.sock'

test.each([
  ['all ran', { ran: 3, leftOut: 0 }, undefined, true, 'Docker: 3 tests touched Docker', false],
  [
    'without an engine',
    { ran: 0, leftOut: 3 },
    WHY,
    false,
    `Docker: 0 tests touched Docker, 3 were left out: ${WHY}`,
    false,
  ],
  [
    'without an engine on CI',
    { ran: 0, leftOut: 3 },
    WHY,
    true,
    `Docker: 0 tests touched Docker, 3 were left out: ${WHY}. On CI some must.`,
    true,
  ],
  [
    'a part was chosen by name',
    { ran: 1, leftOut: 2 },
    undefined,
    true,
    'Docker: 1 tests touched Docker, 2 were left out',
    false,
  ],
  ['none in these files', { ran: 0, leftOut: 0 }, undefined, true, undefined, false],
])('%s', (_, counts, why, onCi, line, fails) => {
  expect(tellDockerTests(counts, why, onCi)).toEqual({ line, fails })
})
