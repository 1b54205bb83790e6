import { expect, test } from 'vitest'
import { aCrashedTask } from '../../test-data.fixture.ts'
import { diagnose } from '../diagnose.ts'
import { codes, seen } from '../sample.fixture.ts'

test.each<[string, string[], number, string]>([
  ['the words of Fargate', ['exec /usr/local/bin/node: exec format error'], 1, 'wrong-architecture'],
  [
    'the words of older engines',
    ['standard_init_linux.go:228: exec user process caused: exec format error'],
    1,
    'wrong-architecture',
  ],
  ['a program that could not start another', ['Error: spawn tool: exec format error'], 1, 'crash-on-start'],
  [
    'a program that tells of it',
    ['starting', 'worker said: exec x: exec format error', 'giving up'],
    1,
    'crash-on-start',
  ],
  ['nothing in the log', [], 1, 'crash-on-start'],
])('exec format error: %s', (_, lines, exitCode, code) => {
  expect(codes(seen({ tasks: [aCrashedTask('1', exitCode)], lines }))).toEqual([code])
})

test.each<[string, string[], string]>([
  ['the words of Fargate', ['exec /run.sh: no such file or directory'], 'interpreter-missing'],
  [
    'the words of older engines',
    ['standard_init_linux.go:228: exec user process caused: no such file or directory'],
    'interpreter-missing',
  ],
  [
    'a program that could not start another',
    ['fork/exec /opt/tool: no such file or directory'],
    'crash-on-start',
  ],
  ['a shell that misses a program', ['/run.sh: exec: line 3: serve: not found'], 'crash-on-start'],
  [
    'a file that a program misses',
    ["Error: ENOENT: no such file or directory, open '/etc/orders.json'"],
    'crash-on-start',
  ],
])('no such file or directory: %s', (_, lines, code) => {
  expect(codes(seen({ tasks: [aCrashedTask('1', 1)], lines }))).toEqual([code])
})

test.each([
  ['exec /run.sh: no such file or directory', 'execute /run.sh: the file is there'],
  [
    'standard_init_linux.go:228: exec user process caused: no such file or directory',
    'execute its program: the file is there',
  ],
])('a program without its interpreter is told with its name, where the log has it: %s', (line, cause) => {
  const { findings } = diagnose(seen({ tasks: [aCrashedTask('1', 1)], lines: [line] }))
  expect(findings[0].cause).toContain(`container app cannot ${cause}`)
})

test('a program for another CPU is told with its image and the platform of the task', () => {
  const lines = ['exec /app: exec format error']
  const definition = {
    runtimePlatform: { cpuArchitecture: 'ARM64' },
    containerDefinitions: [{ name: 'app', image: 'repo:v2' }],
  }
  expect(diagnose(seen({ tasks: [aCrashedTask('1', 1)], lines, definition })).findings[0].cause).toBe(
    'the program in the image repo:v2 cannot be executed: it is for another CPU architecture than linux/arm64, on which the task runs',
  )
})
