import { describe, expect, test } from 'vitest'
import { answerOf, dockerStand, missingDocker } from './docker/docker.fixture.ts'

const node = (...statements: string[]) => ['node', '-e', statements.join(';')]
const forever = 'setInterval(() => {}, 1000)'
const serve = (answer: string) =>
  `require("http").createServer((q, r) => r.end(${answer})).listen(8080, () => console.log("listening"))`

describe.skipIf(missingDocker !== undefined)('Docker: a task', () => {
  test('runs the digest that ECS resolved, published on its own address alone', async () => {
    await using host = await dockerStand()
    const command = node(serve('process.env.COLOUR'))
    const ports = [8080]
    const blue = await host.run({ command, ports, environment: { COLOUR: 'blue' }, taskId: 'b'.repeat(32) })
    const green = await host.run({ command, ports, environment: { COLOUR: 'green' } })
    expect(await answerOf(`http://${blue.address}:8080`)).toBe('blue')
    expect(await answerOf(`http://${green.address}:8080`)).toBe('green')
    const [container] = await host.containersOf('b'.repeat(32))
    expect(container).toMatchObject({
      Image: `${host.stand.ecr.host}/web@${host.digest}`,
      Ports: [{ IP: blue.address, PublicPort: 8080 }],
    })
    expect(blue.runtimeId).toMatch(/^b{32}-\d{10}$/)
  })

  test('writes its lines as they come, from both streams, the last one unfinished', async () => {
    await using host = await dockerStand()
    const container = await host.run({
      command: node(
        'process.stdout.write("first\\nsec")',
        'console.error("problem")',
        'setTimeout(() => process.stdout.write("ond\\n\\nünf"), 2000)',
      ),
    })
    await expect.poll(() => container.lines).toContain('problem')
    expect(container.lines).not.toContain('second')
    expect(await container.exited).toEqual({ exitCode: 0 })
    expect(container.lines.filter((line) => line !== 'problem')).toEqual(['first', 'second', '', 'ünf'])
  })

  test.each([
    ['its own status', node('process.exit(3)'), 3],
    ['the status of its shell', ['sh', '-c', 'nowhere-to-be-found'], 127],
  ])('ends with %s and is gone from the engine', async (_, command, exitCode) => {
    await using host = await dockerStand()
    const container = await host.run({ command })
    expect(await container.exited).toEqual({ exitCode })
    expect(await host.containersOf('f'.repeat(32))).toEqual([])
    expect(await container.exec(['CMD', 'node', '-e', '0'], 5000)).toBe(1)
  })

  test('whose program is not in the image does not start, and is gone from the engine', async () => {
    await using host = await dockerStand()
    await expect(host.run({ command: ['nowhere-to-be-found'] })).rejects.toThrow(
      /^failed to create shim task: OCI runtime create failed: .*exec: "nowhere-to-be-found": executable file not found in \$PATH/,
    )
    expect(await host.containersOf('f'.repeat(32))).toEqual([])
  })

  test('may finish after SIGTERM', async () => {
    await using host = await dockerStand()
    const onTerm = 'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); console.log("up")'
    const container = await host.run({ command: node(onTerm, forever) })
    await expect.poll(() => container.lines).toEqual(['up'])
    container.signal('SIGTERM')
    expect(await container.exited).toEqual({ exitCode: 0 })
    expect(container.lines).toEqual(['up', 'bye'])
  })

  test('that takes more memory than it has ends with the reason of ECS', async () => {
    await using host = await dockerStand(64 * 1024 * 1024)
    const container = await host.run({ command: node('const a = []; for (;;) a.push(Buffer.alloc(1e7, 1))') })
    expect(await container.exited).toEqual({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    })
  })

  test('answers health checks with their exit codes', async () => {
    await using host = await dockerStand()
    const container = await host.run({ command: node(forever), environment: { A: 'task' } })
    const codes = {
      passing: await container.exec(['CMD', 'node', '-e', 'process.exit(0)'], 5000),
      failing: await container.exec(['CMD', 'node', '-e', 'process.exit(7)'], 5000),
      'a shell line': await container.exec(['CMD-SHELL', 'test "$A" = task || exit 1'], 5000),
      'a failing shell line': await container.exec(['CMD-SHELL', 'test "$A" = other || exit 4'], 5000),
      'too slow': await container.exec(['CMD', 'node', '-e', forever], 500),
    }
    expect(codes).toEqual({
      passing: 0,
      failing: 7,
      'a shell line': 0,
      'a failing shell line': 4,
      'too slow': 1,
    })
    container.signal('SIGKILL')
    expect(await container.exited).toEqual({ exitCode: 137 })
  })

  test('and its image are removed on disposal, and none starts after', async () => {
    const host = await dockerStand()
    const container = await host.run({ command: node(forever) })
    const image = `${host.stand.ecr.host}/web@${host.digest}`
    await host[Symbol.asyncDispose]()
    expect(await container.exited).toMatchObject({ exitCode: 137 })
    expect(await host.containersOf('f'.repeat(32))).toEqual([])
    await expect(host.engine.call('GET', `/images/${image}/json`)).rejects.toThrow(/no such image/i)
    await expect(host.run()).rejects.toThrow('disposed')
  })

  test('whose image is gone from the registry says so in the words of the engine', async () => {
    await using host = await dockerStand()
    host.stand.images.repositories.delete('web')
    await expect(host.run()).rejects.toThrow(/failed to resolve reference .*: not found/)
  })
})
