import type { Log } from '@ecs-release/core'
import { expect, test } from 'vitest'
import { buildLog } from './show-build.ts'

/** What a person reads: a group's title, and its lines indented. */
function shownLog(): { log: Log; lines: string[] } {
  const lines: string[] = []
  let indent = ''
  const put = (line: string) => void lines.push(indent + line)
  const log: Log = {
    info: put,
    notice: put,
    warning: put,
    error: put,
    debug: put,
    mask: () => {},
    async group(title, body) {
      put(`▸ ${title}`)
      indent = '  '
      try {
        return await body()
      } finally {
        indent = ''
      }
    },
  }
  return { log, lines }
}

test('the end of a build stands in one place outside the groups, and a cache that is not there yet is no error', async () => {
  const { log, lines } = shownLog()
  const shown = buildLog(log)
  for (const line of [
    '#4 importing cache manifest from registry.test/web-cache:main',
    '#4 ERROR: failed to configure registry cache importer: registry.test/web-cache:main: not found',
    '',
    '#6 [a 2/2] RUN sleep 9',
    '#7 [b 2/2] RUN npm test',
    '#7 0.408 npm error',
    '#7 ERROR: process "/bin/sh -c npm test" did not complete successfully: exit code: 1',
    '#6 CANCELED',
    '------',
    ' > [b 2/2] RUN npm test:',
    '0.408 npm error',
    '------',
    'Dockerfile:3',
    '--------------------',
    '   3 | >>> RUN npm test',
    '--------------------',
    'ERROR: failed to build: failed to solve: process "/bin/sh -c npm test" did not complete',
  ])
    shown.line(line)
  await shown.end()
  expect(lines).toEqual([
    '▸ preparing the build',
    '  #4 importing cache manifest from registry.test/web-cache:main',
    '  #4 no cache in registry.test/web-cache:main yet',
    '  ',
    '▸ stage a',
    '  #6 [a 2/2] RUN sleep 9',
    '▸ stage b',
    '  #7 [b 2/2] RUN npm test',
    '  #7 0.408 npm error',
    '  #7 ERROR: process "/bin/sh -c npm test" did not complete successfully: exit code: 1',
    '▸ stage a',
    '  #6 CANCELED',
    '------',
    ' > [b 2/2] RUN npm test:',
    '0.408 npm error',
    '------',
    'Dockerfile:3',
    '--------------------',
    '   3 | >>> RUN npm test',
    '--------------------',
    'ERROR: failed to build: failed to solve: process "/bin/sh -c npm test" did not complete',
  ])
  expect(shown.output()).toEqual(['npm error'])
})
