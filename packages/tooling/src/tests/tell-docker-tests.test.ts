import { expect, test } from 'vitest'
import { tellDockerTests } from './tell-docker-tests.ts'

test.each([
  ['all ran', { ran: 3, skipped: 0 }, true, 'Tests that touched Docker: 3', false],
  ['none ran', { ran: 0, skipped: 3 }, false, 'Tests that touched Docker: 0, 3 more were skipped', false],
  [
    'none ran on CI',
    { ran: 0, skipped: 3 },
    true,
    'Tests that touched Docker: 0, 3 more were skipped; on CI some must run',
    true,
  ],
  [
    'some were chosen',
    { ran: 1, skipped: 2 },
    true,
    'Tests that touched Docker: 1, 2 more were skipped',
    false,
  ],
  ['none in these files', { ran: 0, skipped: 0 }, true, undefined, false],
])('%s', (_, counts, onCi, line, fails) => {
  expect(tellDockerTests(counts, onCi)).toEqual({ line, fails })
})
