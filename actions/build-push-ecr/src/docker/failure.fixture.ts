import type { Attempted } from './failure.ts'

export const attempted: Attempted = {
  image: 'registry.test/team/web:main-1',
  file: undefined,
  dockerfile: 'app/Dockerfile',
  ifExists: 'reuse',
  newRepository: false,
}

/** What buildx writes of the line that failed, above its last line. */
export const excerpt = (line: number, text: string) => [
  '------',
  ' > [2/2] a step:',
  '0.094 npm ERR! Test failed.',
  '------',
  `Dockerfile:${line}`,
  '--------------------',
  '   1 |     FROM node:24-slim',
  `   ${line} | >>> ${text}`,
  '--------------------',
]
/** Its last line. */
export const failed = (why: string) => `ERROR: failed to build: failed to solve: ${why}`
