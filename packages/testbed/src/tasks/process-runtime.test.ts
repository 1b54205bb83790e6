import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { machine } from './one-task.fixture.ts'

const node = (...code: string[]) => ['node', '-e', code.join(';')]
const forever = 'setInterval(() => {}, 1000)'

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A dead process whose new parent has not asked for its status is still listed, as a zombie.
    return !existsSync('/proc') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

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

describe('how a container ends', () => {
  test.each([
    ['its own status', node('process.exit(3)'), 3],
    ['an uncaught error', node('throw new Error("x")'), 1],
    ['a signal', node('process.kill(process.pid, "SIGABRT")'), 134],
    ['a program that its shell does not find', ['sh', '-c', 'nowhere-to-be-found'], 127],
  ])('%s', async (_, command, exitCode) => {
    await using host = machine()
    const container = await host.run({ command })
    expect(await container.exited).toMatchObject({ exitCode })
  })

  test('SIGTERM lets it finish', async () => {
    await using host = machine()
    const onTerm = 'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); console.log("up")'
    const container = await host.run({ command: node(onTerm, forever) })
    await expect.poll(() => container.lines).toEqual(['up'])
    container.signal('SIGTERM')
    expect(await container.exited).toEqual({ exitCode: 0 })
    expect(container.lines).toEqual(['up', 'bye'])
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGKILL', 137],
  ] as const)('%s ends it and its children', async (signal, exitCode) => {
    await using host = machine()
    const child = `require("child_process").spawn("node", ["-e", "${forever}"], { stdio: "inherit" })`
    const container = await host.run({ command: node(`console.log(${child}.pid)`, forever) })
    await expect.poll(() => container.lines.length).toBe(1)
    const pid = Number(container.lines[0])
    expect(alive(pid)).toBe(true)
    container.signal(signal)
    expect(await container.exited).toEqual({ exitCode })
    await expect.poll(() => alive(pid)).toBe(false)
    container.signal('SIGKILL')
  })

  test('a testbed that is killed leaves no task behind', async () => {
    const fixture = new URL('./one-task.fixture.ts', import.meta.url)
    const command = node('console.log(process.pid)', forever)
    const program = `
      const { machine } = await import(${JSON.stringify(fixture.href)})
      const container = await machine().run(${JSON.stringify({ command })})
      while (container.lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      console.log(container.lines[0])`
    const testbed = spawn(
      process.execPath,
      ['--conditions=source', '--input-type=module', '--eval', program],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const [said] = await once(testbed.stdout, 'data')
    expect(alive(Number(said))).toBe(true)
    testbed.kill('SIGKILL')
    await expect.poll(() => alive(Number(said)), { timeout: 20_000 }).toBe(false)
  })

  test('disposal ends what still runs', async () => {
    const host = machine()
    const container = await host.run({ command: node('console.log(process.pid)', forever) })
    await expect.poll(() => container.lines.length).toBe(1)
    await host[Symbol.asyncDispose]()
    expect(await container.exited).toEqual({ exitCode: 137 })
    expect(alive(Number(container.lines[0]))).toBe(false)
    await expect(host.run({ command: node(forever) })).rejects.toThrow('disposed')
  })
})

test.each([
  ['a carriage return after it', '#!/bin/sh\r\nexit 0\r\n'],
  ['a path that is not there', '#!/opt/none/sh\nexit 0\n'],
])('a script whose interpreter is missing starts, says so and ends: %s', async (_, script) => {
  await using host = machine()
  const container = await host.run({ files: { 'srv/start': script }, config: { Cmd: ['/srv/start'] } })
  expect(await container.exited).toEqual({ exitCode: 1 })
  expect(container.lines).toEqual(['exec /srv/start: no such file or directory'])
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
