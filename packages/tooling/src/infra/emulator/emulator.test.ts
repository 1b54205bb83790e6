import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { startEmulator } from './emulator.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('a moto that never answers does not go on running', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'emulator-'))
  const file = join(folder.path, 'pid')
  writeFileSync(join(folder.path, 'python3'), `#!/bin/sh\necho $$ > '${file}'\nexec sleep 600\n`, {
    mode: 0o755,
  })
  vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env.PATH}`)
  await expect(startEmulator(1_000)).rejects.toThrow('moto did not answer within 1 s')
  const pid = Number(readFileSync(file, 'utf8'))
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})
