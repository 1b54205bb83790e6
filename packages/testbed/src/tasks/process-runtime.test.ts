import { describe, expect, test, vi } from 'vitest'
import { machine } from './one-task.fixture.ts'

const node = (...code: string[]) => ['node', '-e', code.join(';')]
const forever = 'setInterval(() => {}, 1000)'

describe('what a container runs', () => {
  test.each([
    ["the image's command", { config: { Cmd: ['node', 'a.js', 'x'] } }, 'a x'],
    ['entry point and command', { config: { Entrypoint: ['node', 'a.js'], Cmd: ['y'] } }, 'a y'],
    ["the task's command", { config: { Entrypoint: ['node', 'a.js'], Cmd: ['y'] }, command: ['z'] }, 'a z'],
    [
      "the task's entry point, which drops the image's command",
      { config: { Cmd: ['y'] }, entryPoint: ['node', 'a.js'] },
      'a ',
    ],
    ['an absolute path of the image', { config: { Cmd: ['/usr/local/bin/node', '/srv/a.js', '1'] } }, 'a 1'],
    ['a script of the image', { config: { Cmd: ['/srv/start', '2'] } }, 'a 2'],
    ['a relative program', { config: { Cmd: ['./start', '3'] } }, 'a 3'],
    ['a shell line', { config: { Cmd: ['/bin/sh', '-c', 'node a.js $((1+3))'] } }, 'a 4'],
    [
      "the task's directory",
      { config: { Cmd: ['node', '../a.js', '5'] }, workingDirectory: '/srv/sub' },
      'a 5',
    ],
  ])('%s', async (_, task, line) => {
    await using host = machine()
    const config = { WorkingDir: '/srv', ...task.config }
    const files = {
      'srv/a.js': 'console.log("a " + process.argv.slice(2))',
      'srv/start': '#!/bin/sh\nexec node "$(dirname "$0")/a.js" "$@"\n',
      'srv/sub/none': '',
    }
    const container = await host.run({ files, ...task, config })
    expect(await container.exited).toEqual({ exitCode: 0 })
    expect(container.lines).toEqual([line])
  })
})

test("a container sees the image's and the task's environment, and none of the testbed's", async () => {
  vi.stubEnv('FOREIGN_TOKEN', 'of the caller')
  vi.stubEnv('ECS_CONTAINER_METADATA_URI_V4', 'http://169.254.170.2/v4')
  await using host = machine()
  const container = await host.run({
    config: { Env: ['A=image', 'B=with=equals', 'PATH=/app/bin'] },
    environment: { A: 'task', C: '3' },
    command: node('console.log(JSON.stringify(process.env))'),
  })
  await container.exited
  vi.unstubAllEnvs()
  const { PATH, HOME, NODE_OPTIONS, ...rest } = JSON.parse(container.lines[0] ?? '')
  expect(rest).toEqual({ A: 'task', B: 'with=equals', C: '3' })
  expect(PATH).toContain('/app/bin')
  expect(NODE_OPTIONS).toContain('--import=')
  expect(HOME).not.toBe(process.env.HOME)
})

test('output arrives line by line from both streams, with a last line that nothing ends', async () => {
  await using host = machine()
  const container = await host.run({
    command: node(
      'process.stdout.write("first\\nsec")',
      'process.stderr.write("problem\\n")',
      'setTimeout(() => process.stdout.write("ond\\n\\nünf"), 50)',
    ),
  })
  await container.exited
  expect(container.lines.filter((line) => line !== 'problem')).toEqual(['first', 'second', '', 'ünf'])
  expect(container.lines).toContain('problem')
})

describe('exec', () => {
  test.each([
    ['a passing CMD', ['CMD', 'node', 'check.js', '0'], 0],
    ['a failing CMD', ['CMD', 'node', 'check.js', '7'], 7],
    ['a CMD-SHELL line', ['CMD-SHELL', 'test "$A" = task && node check.js 0 || exit 1'], 0],
    ['a failing CMD-SHELL line', ['CMD-SHELL', 'test "$A" = other || exit 4'], 4],
    ['a plain list', ['node', '/srv/check.js', '2'], 2],
    ['a program that is not there', ['CMD', 'no-such-program'], 127],
    ['a check that takes too long', ['CMD', 'node', '-e', forever], 1, 1500],
  ])('%s', async (_, check, exitCode, timeoutMs = 30_000) => {
    await using host = machine()
    const container = await host.run({
      files: { 'srv/check.js': 'process.exit(Number(process.argv[2]))' },
      config: { WorkingDir: '/srv', Cmd: node(forever) },
      environment: { A: 'task' },
    })
    expect(await container.exec(check, timeoutMs)).toBe(exitCode)
  })

  test('fails once the container has ended', async () => {
    await using host = machine()
    const container = await host.run({ command: node('0') })
    await container.exited
    expect(await container.exec(['CMD', 'node', '-e', '0'], 5000)).toBe(1)
  })
})

test("runtime ids have Fargate's form", async () => {
  await using host = machine()
  const { runtimeId } = await host.run({ command: node('0') })
  expect(runtimeId).toMatch(/^[0-9a-f]{32}-\d{10}$/)
})

test('a container above its hard limit is killed for it, one below is left alone', async () => {
  await using on = machine()
  const hoard = `const held = []; setInterval(() => held.push(Buffer.alloc(32 * 1024 * 1024, 1)), 20)`
  const files = { 'app/hoard.cjs': hoard, 'app/idle.cjs': 'setInterval(() => {}, 1000)' }
  const config = { WorkingDir: '/app' }
  const [greedy, modest] = await Promise.all(
    ['hoard.cjs', 'idle.cjs'].map((file) => on.run({ files, config, command: ['node', file], memory: 256 })),
  )
  expect(await greedy?.exited).toEqual({
    exitCode: 137,
    reason: 'OutOfMemoryError: Container killed due to memory usage',
  })
  modest?.signal('SIGKILL')
  expect(await modest?.exited).toEqual({ exitCode: 137 })
})

test('an image for another CPU starts, says so in its log and ends', async () => {
  await using on = machine()
  const config = { Cmd: ['node', '-e', 'console.log(1)'] }
  const { exited, lines } = await on.run({ config, architecture: 'arm64' })
  expect(await exited).toEqual({ exitCode: 1 })
  expect(lines).toEqual(['exec node: exec format error'])
})
