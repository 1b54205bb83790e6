import { describe, expect, test } from 'vitest'
import { accepts, machine, server } from './one-task.fixture.ts'

const files = { 'server.mjs': server }
const config = { Cmd: ['node', 'server.mjs'] }
const get = async (url: string) => (await fetch(url)).text()

test('two tasks listen on the same port side by side', async () => {
  await using host = machine()
  const tasks = [
    await host.run({ files, config, environment: { PORT: '8080', COLOUR: 'blue' } }),
    await host.run({ files, config, environment: { PORT: '8080', COLOUR: 'green' } }),
  ]
  for (const task of tasks) await expect.poll(() => task.lines).toEqual(['listening'])
  const answers = await Promise.all(tasks.map((task) => get(`http://${task.address}:8080/`)))
  expect(answers.map((answer) => answer.split(' ')[0])).toEqual(['blue', 'green'])
  expect(await accepts('127.0.0.1', 8080)).toBe(false)
})

describe('listening', () => {
  test.each([
    ['listen(port)', 'server.listen(8080)', true],
    ['listen("port")', 'server.listen("8080")', true],
    ['listen(port, callback)', 'server.listen(8080, () => {})', true],
    ['listen(port, backlog)', 'server.listen(8080, 5)', true],
    ['listen(port, undefined, callback)', 'server.listen(8080, undefined, () => {})', true],
    ['listen(port, 0.0.0.0)', 'server.listen(8080, "0.0.0.0")', true],
    ['listen(port, ::)', 'server.listen(8080, "::", 5)', true],
    ['listen({ port })', 'server.listen({ port: 8080 })', true],
    ['listen({ port, host: 0.0.0.0 })', 'server.listen({ port: 8080, host: "0.0.0.0" })', true],
    ['a port that the system chooses', 'server.listen(); server.close(); server.listen(8080)', true],
    ['localhost only', 'server.listen(8080, "localhost")', false],
    ['127.0.0.1 only', 'server.listen({ port: 8080, host: "127.0.0.1" })', false],
    ['a path', 'server.listen(process.cwd() + "/app.sock")', false],
  ])('%s', async (_, listen, reachable) => {
    await using host = machine()
    const ready = 'server.on("listening", () => setTimeout(() => console.log("up"), 20))'
    const code = `const server = require("http").createServer(); ${ready}; ${listen}`
    const task = await host.run({ command: ['node', '-e', code] })
    await expect.poll(() => task.lines).toContain('up')
    expect(await accepts(task.address, 8080)).toBe(reachable)
  })
})

describe('connecting to localhost inside a task reaches the same task', () => {
  const http = (options: string) =>
    `require("http").get(${options}, (r) => r.on("data", (d) => process.exit(String(d).startsWith("blue") ? 0 : 3)))`
  test.each([
    [
      'fetch localhost',
      'fetch("http://localhost:8080").then((r) => r.text()).then((t) => process.exit(t.startsWith("blue") ? 0 : 3))',
    ],
    [
      'fetch 127.0.0.1',
      'fetch("http://127.0.0.1:8080").then((r) => r.text()).then((t) => process.exit(t.startsWith("blue") ? 0 : 3))',
    ],
    ['http by name', http('"http://localhost:8080"')],
    ['http by IPv6 address', http('"http://[::1]:8080"')],
    ['http without a host', http('{ port: 8080, family: 6 }')],
    ['net.connect(port)', 'require("net").connect(8080, () => process.exit(0))'],
    ['net.connect(port, host)', 'require("net").connect(8080, "127.0.0.1", () => process.exit(0))'],
    ['socket.connect(port, callback)', 'new (require("net").Socket)().connect(8080, () => process.exit(0))'],
    [
      'socket.connect(options)',
      'new (require("net").Socket)().connect({ port: 8080 }, () => process.exit(0))',
    ],
  ])('%s', async (_, code) => {
    for (const BIND of ['', '127.0.0.1']) {
      await using host = machine()
      const task = await host.run({ files, config, environment: { PORT: '8080', COLOUR: 'blue', BIND } })
      const other = await host.run({ files, config, environment: { PORT: '9090', COLOUR: 'green', BIND } })
      for (const each of [task, other]) await expect.poll(() => each.lines).toEqual(['listening'])
      expect(await task.exec(['CMD', 'node', '-e', code], 5000)).toBe(0)
      expect(await other.exec(['CMD', 'node', '-e', code], 5000)).not.toBe(0)
    }
  })
})

test('connecting to another address than localhost is left alone', async () => {
  await using host = machine()
  const task = await host.run({ files, config, environment: { PORT: '8080', COLOUR: 'blue' } })
  const other = await host.run({ command: ['node', '-e', 'setInterval(() => {}, 1000)'] })
  await expect.poll(() => task.lines).toEqual(['listening'])
  const code = `fetch("http://${task.address}:8080").then(() => process.exit(0))`
  expect(await other.exec(['CMD', 'node', '-e', code], 5000)).toBe(0)
})
