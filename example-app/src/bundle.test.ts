import { execFile } from 'node:child_process'
import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startApp } from './testing/app-process.ts'

const script = fileURLToPath(new URL('../bundle.ts', import.meta.url))
const run = promisify(execFile)

test('the bundle serves from a folder that holds nothing else', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'example-app-'))
  const file = join(folder.path, 'server.js')
  const { stdout } = await run(process.execPath, [script, file])
  expect(stdout).toBe(`${file}\n`)

  await using app = startApp({ APP_VERSION: 'v7', SHUTDOWN_DELAY_SECONDS: '0' }, file)
  const { port } = await app.entry('listening')
  expect(await (await fetch(`http://127.0.0.1:${port}/version`)).json()).toMatchObject({ version: 'v7' })
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200)
  app.signal('SIGTERM')
  expect(await app.ended).toMatchObject({ code: 0 })
  expect(app.stderr()).toBe('')
})

test('the bundle names no path of the machine that made it', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'example-app-'))
  const file = join(folder.path, 'server.js')
  await run(process.execPath, [script, file])
  const text = await readFile(file, 'utf8')
  expect(text).toContain('// src/server.ts')
  expect(text).not.toContain(fileURLToPath(new URL('../..', import.meta.url)))
})
