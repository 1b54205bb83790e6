import { expect, test } from 'vitest'
import { buildProgress } from './progress.ts'

const LINES: [line: string, group: string | undefined][] = [
  ['#0 building with "default" instance using docker driver', 'preparing the build'],
  ['', 'preparing the build'],
  ['#1 [internal] load build definition from Dockerfile', 'preparing the build'],
  ['#1 DONE 0.0s', 'preparing the build'],
  ['#4 [build 1/3] FROM docker.io/library/node:24-slim@sha256:69b9', 'stage build'],
  ['#4 CACHED', 'stage build'],
  ['#5 importing cache manifest from registry.test/web-cache:main', 'preparing the build'],
  ['#8 [build 2/3] COPY a /app/a', 'stage build'],
  ['#8 CACHED', 'stage build'],
  ['#9 [linux/arm64 test 1/2] RUN npm test', 'stage test on linux/arm64'],
  ['#9 0.157 ok', 'stage test on linux/arm64'],
  ['#8 DONE 0.0s', 'stage build'],
  ['#10 [2/2] COPY --from=build /app/a /app/a', 'stage image'],
  ['#11 [linux/amd64 3/3] RUN true', 'stage image on linux/amd64'],
  ['#12 [stage-1 2/2] COPY b /b', 'stage-1'],
  [`#12 sha256:${'0a'.repeat(32)} 121B / 121B done`, 'stage-1'],
  ['#12 DONE 0.0s', 'stage-1'],
  ['#13 exporting to image', 'exporting and pushing'],
  ['#13 pushing layers 1.4s done', 'exporting and pushing'],
  ['', 'exporting and pushing'],
  ['------', undefined],
  [' > [2/2] RUN npm test:', undefined],
  ['0.157 npm error', undefined],
  ['------', undefined],
  ['Dockerfile:3', undefined],
  ['--------------------', undefined],
  ['   2 |     COPY a /app/a', undefined],
  ['   3 | >>> RUN npm test', undefined],
  ['   4 |     ', undefined],
  ['--------------------', undefined],
  ['ERROR: failed to build', undefined],
]

test('each line is in the group of its stage, also when stages come mixed, and the end in none', () => {
  const progress = buildProgress()
  expect(LINES.map(([line]) => [line, progress.groupOf(line)])).toEqual(LINES)
  expect(progress.steps()).toEqual({ cached: 2, total: 5 })
})
