import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowed, ORDINARY } from './environment.ts'
import { exec } from './exec.ts'
import { lineSplitter } from './lines.ts'

const env = allowed(process.env, ORDINARY)
const node = (script: string) => ({ file: process.execPath, args: ['-e', script], env })

describe('exec', () => {
  test('hands on output, exit code and lines as they come', async () => {
    const lines: string[] = []
    const script = `console.log('one'); console.error('two'); process.stdout.write('three'); process.exitCode = 3`
    const ended = await exec({ ...node(script), onLine: (line) => lines.push(line) })
    expect(ended).toEqual({ exitCode: 3, stdout: 'one\nthree', stderr: 'two\n' })
    expect(lines.toSorted()).toEqual(['one', 'three', 'two'])
  })

  test('the first line is there while the child still runs', async () => {
    const stop = new AbortController()
    let seen = ''
    const running = exec({
      ...node(`console.log('first'); setInterval(() => {}, 1000)`),
      signal: stop.signal,
      onLine(line) {
        seen = line
        stop.abort(new Error('seen enough'))
      },
    })
    await expect(running).rejects.toThrow('seen enough')
    expect(seen).toBe('first')
  })

  test('an abort while the program is still looked for ends the child too', async () => {
    const stop = new AbortController()
    const running = exec({ ...node('setInterval(() => {}, 1000)'), signal: stop.signal })
    stop.abort(new Error('cancelled at once'))
    await expect(running).rejects.toThrow('cancelled at once')
  })

  test('gives the child what it is to see, and nothing of this process', async () => {
    const child = {
      ...node('console.log(JSON.stringify([process.env.A, process.env.HOME]))'),
      env: { A: 'b' },
    }
    expect((await exec(child)).stdout.trim()).toBe('["b",null]')
  })

  test('writes the input and closes it', async () => {
    expect((await exec({ file: 'cat', args: [], env, input: 'text' })).stdout).toBe('text')
    expect((await exec({ file: 'cat', args: [], env })).stdout).toBe('')
  })

  test('a child that ends before it reads is not the end of this process', async () => {
    const input = 'x'.repeat(1_000_000)
    expect(await exec({ file: 'true', args: [], env, input })).toMatchObject({ exitCode: 0 })
  })

  test('keeps arguments as they are', async () => {
    const args = ['a b', '"', '$HOME', '', '; exit 1']
    const printed = await exec({
      file: process.execPath,
      args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', ...args],
      env,
    })
    expect(JSON.parse(printed.stdout)).toEqual(args)
  })

  test('a program that does not exist', async () => {
    const missing = exec({ file: 'no-such-program', args: [], env })
    await expect(missing).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/no-such-program/),
    })
  })

  test('an end by a signal from outside is an exit code too', async () => {
    expect((await exec(node(`process.kill(process.pid, 'SIGKILL')`))).exitCode).toBe(128)
  })
})

test('only what is named is allowed', () => {
  const given = { PATH: 'p', LC_ALL: 'C', AWS_SECRET_ACCESS_KEY: 's', INPUT_TOKEN: 't', DOCKER_HOST: 'd' }
  expect(allowed(given, [...ORDINARY, 'DOCKER_*'])).toEqual({ PATH: 'p', LC_ALL: 'C', DOCKER_HOST: 'd' })
})

test('lines are the same however the bytes are cut', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r\n', ' ') })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (whole, size) => {
      const lines: string[] = []
      const splitter = lineSplitter((line) => lines.push(line))
      const bytes = Buffer.from(whole)
      for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size))
      splitter.end()
      const expected = whole.split(/\r?\n/)
      if (expected.at(-1) === '') expected.pop()
      expect(lines).toEqual(expected)
    }),
  )
})
