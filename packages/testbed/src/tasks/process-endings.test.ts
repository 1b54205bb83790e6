import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
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
