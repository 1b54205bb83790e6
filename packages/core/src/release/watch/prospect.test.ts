import { expect, test } from 'vitest'
import { aCrashedTask, aTask, at, throttled } from '../test-data.fixture.ts'
import { crashes, longLived, looking, prospecting, type Scene, withCheck } from './play-failures.fixture.ts'

const sixLooks = [2, 1, 1, 1, 1, 1].map((pending): [number, number] => [0, pending])

test.each<[string, Scene, (number | undefined)[]]>([
  [
    'one that has outlived them by then is waited for',
    { running: [aTask('d', { startedAt: at(55) })] },
    [undefined, undefined, undefined, undefined, undefined, undefined],
  ],
  [
    'one that fails as well ends it at the next look, whatever has started since',
    {
      running: (seconds) => [
        aTask('d', { startedAt: at(60), desiredStatus: seconds < 67 ? 'RUNNING' : 'STOPPED' }),
        ...(seconds < 67 ? [] : [aTask('e', { startedAt: at(66) })]),
      ],
    },
    [undefined, undefined, 3],
  ],
  [
    'one that is still younger than they became does not hold it up for more than 15 seconds',
    { stopped: longLived, running: [aTask('d', { startedAt: at(50) })] },
    [undefined, undefined, undefined, undefined, undefined, 3],
  ],
])('of those that run when enough have failed, %s', async (_, scene, answers) => {
  const definition = withCheck
  expect(
    (await looking({ ...scene, definition, counts: sixLooks.slice(0, answers.length) })).answers,
  ).toEqual(answers)
})

test.each<[string, Scene, string | undefined]>([
  ['a task has run for 40 seconds', { running: [aTask('d', { startedAt: at(20) })] }, 'healthy'],
  [
    'one runs on, and its health check has not passed',
    { running: [aTask('d', { startedAt: at(20) })], definition: withCheck },
    'outlived',
  ],
  ['one runs as long as those that failed', { running: [aTask('d', { startedAt: at(50) })] }, 'none'],
  ['nobody answers', { stopped: throttled }, undefined],
])('after failures were found, when %s: %s', async (_, scene, prospect) => {
  expect(await prospecting(scene)).toBe(prospect)
})

test('a task has outlived nobody while it is younger than one that failed in another way', async () => {
  const slow = aCrashedTask('d', 2, { startedAt: at(1), stoppingAt: at(50) })
  const scene: Scene = {
    stopped: [...crashes('a', 'b', 'c'), slow],
    running: [aTask('e', { startedAt: at(40) })],
    definition: withCheck,
    counts: sixLooks,
  }
  // The 15 seconds that it gets are over at the last look.
  expect((await looking(scene)).answers).toEqual([undefined, undefined, undefined, undefined, undefined, 3])
  const { answers } = await looking({ ...scene, stopped: crashes('a', 'b', 'c') })
  expect(answers).toEqual(sixLooks.map(() => undefined))
})
