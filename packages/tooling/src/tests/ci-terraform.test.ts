import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository.ts'

/** Runs `.ci/terraform` where the tests end at once with `tests`, and checkov a moment later with `checks`. */
function terraform({ tests, checks }: { tests: number; checks: number }) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'terraform-'))
  const program = (path: string, text: string) => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true })
    writeFileSync(join(folder.path, path), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  }
  for (const file of ['terraform', 'tools.sh'])
    cpSync(join(root, '.ci', file), join(folder.path, 'repository/.ci', file))
  program('bin/terraform', '')
  program('bin/npm', `exit ${tests}`)
  program('tools/moto/bin/python', 'echo "Version: 5.2.1"')
  program('tools/checkov/bin/python', 'echo "Version: 3.3.30"')
  program('tools/checkov/bin/checkov', `sleep 0.5; echo checked; exit ${checks}`)
  const env = { INFRA_TOOLS: join(folder.path, 'tools'), PATH: `${join(folder.path, 'bin')}:/usr/bin:/bin` }
  const script = join(folder.path, 'repository/.ci/terraform')
  const { status, stdout } = spawnSync('bash', ['--norc', script], { env, encoding: 'utf8' })
  return { fine: status === 0, stdout }
}

test.each([
  [{ tests: 0, checks: 0 }, true],
  [{ tests: 1, checks: 0 }, false],
  [{ tests: 0, checks: 1 }, false],
  [{ tests: 1, checks: 1 }, false],
])('checkov is heard to its end, and both have to end well: %j', (ends, fine) => {
  expect(terraform(ends)).toEqual({ fine, stdout: 'checked\n' })
})
