import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { mirror } from './mirror.ts'
import { missingTools } from './tools.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** Programs of these names before all others, each with a script of its own. */
function programs(scripts: Readonly<Record<string, string>>): Disposable {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'tools-'))
  for (const [name, script] of Object.entries(scripts))
    writeFileSync(join(folder.path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env.PATH}`)
  return { [Symbol.dispose]: () => folder.remove() }
}

const moto = 'echo 5.2.1'
const version = `[ "$1" = version ] && echo '{"terraform_version": "1.11.4"}' && exit 0`

test('a provider that Terraform cannot get is missing, and the line says why', async () => {
  using _ = programs({ python3: moto, terraform: `${version}\necho 'Error: no such host' >&2\nexit 1` })
  expect(await missingTools()).toEqual([
    expect.stringMatching(/^the provider hashicorp\/aws 5\.100\.0 is not there \(Error: no such host\): /),
  ])
})

test('nothing is missing where Terraform gets it, which is told where', async () => {
  using _ = programs({ python3: moto, terraform: `${version}\n[ "$TF_CLI_CONFIG_FILE" = /mirror ]` })
  expect(await missingTools({ TF_CLI_CONFIG_FILE: '/mirror' })).toEqual([])
})

test('an old Terraform and another moto are told first', async () => {
  const old = `echo '{"terraform_version": "1.10.5"}'`
  using _ = programs({ python3: 'echo 5.0.0', terraform: old })
  expect(await missingTools()).toEqual([
    expect.stringContaining('install Terraform'),
    expect.stringContaining('pip install'),
  ])
})

test('a mirror beside the repository is taken, unless another is configured', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'mirror-'))
  const script = join(folder.path, 'env.sh')
  writeFileSync(script, `echo "export TF_CLI_CONFIG_FILE='/mirror'"`)
  expect(await mirror(script, {})).toEqual({ TF_CLI_CONFIG_FILE: '/mirror' })
  expect(await mirror(script, { TF_CLI_CONFIG_FILE: join(folder.path, 'gone') })).toEqual({
    TF_CLI_CONFIG_FILE: '/mirror',
  })
  expect(await mirror(script, { TF_CLI_CONFIG_FILE: script })).toEqual({})
  expect(await mirror(join(folder.path, 'none.sh'), {})).toEqual({})
})
