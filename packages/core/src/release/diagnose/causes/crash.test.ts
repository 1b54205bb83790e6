import { expect, test } from 'vitest'
import { aContainer, aCrashedTask, at, older } from '../../test-data.fixture.ts'
import { diagnose } from '../diagnose.ts'
import type { Scene } from '../observed.ts'
import { codes, seen, stopped } from '../sample.fixture.ts'

const noMemory = aContainer({
  exitCode: 137,
  reason: 'OutOfMemoryError: Container killed due to memory usage',
})

test.each<[string, string, Scene]>([
  ['crash-on-start', 'a crash', seen({ tasks: [aCrashedTask('1', 1)] })],
  ['crash-on-start', 'a program that just ends', seen({ tasks: [aCrashedTask('1', 0)] })],
  [
    'crash-on-start',
    'an end before RUNNING',
    seen({ tasks: [aCrashedTask('1', 127, { startedAt: undefined })] }),
  ],
  [
    'crash-on-start',
    'an end five minutes after the start',
    seen({ tasks: [aCrashedTask('1', 1, { startedAt: at(0), stoppedAt: at(300) })] }),
  ],
  ['crash-on-start', 'SIGKILL of whatever kind', seen({ tasks: [aCrashedTask('1', 137)] })],
  [
    'out-of-memory',
    'a container that ECS says was out of memory',
    seen({ tasks: [aCrashedTask('1', 137, { containers: [noMemory] })] }),
  ],
])('%s: %s', (code, _, observed) => {
  expect(codes(observed)).toEqual([code])
})

/** Each looks like the finding named and is something else. */
test.each<[string, string, Scene]>([
  [
    'crash-on-start',
    'a task that ended long after its start',
    seen({ tasks: [aCrashedTask('1', 1, { startedAt: at(0), stoppedAt: at(301) })] }),
  ],
  [
    'crash-on-start',
    'a crash in another deployment',
    seen({ tasks: [aCrashedTask('1', 1, { startedBy: older })] }),
  ],
  ['crash-on-start', 'a task that ECS stopped', seen({ tasks: [stopped('1', 'Some other reason')] })],
  [
    'crash-on-start',
    'a task without an exit code',
    seen({ tasks: [aCrashedTask('1', 1, { containers: [aContainer()] })] }),
  ],
  [
    'crash-on-start',
    'a task that a person stopped',
    seen({ tasks: [aCrashedTask('1', 1, { stopCode: 'UserInitiated' })] }),
  ],
  [
    'crash-on-start',
    'scaling in',
    seen({
      tasks: [aCrashedTask('1', 1, { stoppedReason: `Scaling activity initiated by (deployment ${older})` })],
    }),
  ],
  [
    'crash-on-start',
    'a task that still runs',
    seen({ tasks: [aCrashedTask('1', 1, { desiredStatus: 'RUNNING' })] }),
  ],
  [
    'out-of-memory',
    'SIGKILL after the stop time-out',
    seen({ tasks: [stopped('1', 'Some other reason', { containers: [noMemory] })] }),
  ],
])('not %s: %s', (code, _, observed) => {
  expect(codes(observed)).not.toContain(code)
  expect(codes(observed)).toEqual(['unknown-failure'])
})

test.each([
  [1, /last log lines/],
  [0, /foreground/],
  [126, /entryPoint and command/],
  [127, /a program that is not in the image/],
])('the remedy for exit code %i', (exitCode, remedy) => {
  expect(diagnose(seen({ tasks: [aCrashedTask('1', exitCode)] })).findings[0].remedy).toMatch(remedy)
})

test('one and several tasks are counted in words', () => {
  expect(diagnose(seen({ tasks: [aCrashedTask('a', 1)] })).findings[0].cause).toMatch(/in 1 task$/)
  expect(diagnose(seen({ tasks: [aCrashedTask('a', 1), aCrashedTask('b', 1)] })).findings[0].cause).toMatch(
    /in 2 tasks$/,
  )
})

test('the evidence of a crash names task, reason and exit code', () => {
  expect(diagnose(seen({ tasks: [aCrashedTask('a', 1)] })).findings[0].evidence).toEqual([
    'task a: Essential container in task exited (exit code 1)',
  ])
})

test.each<[string, object, string]>([
  [
    'of the container',
    { memory: '512', containerDefinitions: [{ name: 'app', memory: 256 }] },
    'the 256 MiB that it may use',
  ],
  ['of the task', { memory: '512', containerDefinitions: [{ name: 'app' }] }, 'the 512 MiB that it may use'],
  ['that is not known', { containerDefinitions: [{ name: 'app' }] }, 'it may use'],
])('the memory limit %s', (_, definition, limit) => {
  const reason = 'OutOfMemoryError: Container killed due to memory usage'
  const tasks = [aCrashedTask('1', 137, { containers: [aContainer({ exitCode: 137, reason })] })]
  const scene = { ...seen({ tasks }), definition: { ...definition } }
  expect(diagnose(scene).findings[0].cause).toBe(
    `container app needs more memory than ${limit}; it was killed in 1 task`,
  )
})
