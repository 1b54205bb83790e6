import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ScriptRun {
  exitCode: number | null
  log: string
  /** What the script wrote to GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STEP_SUMMARY, as it is. */
  output: string
  env: string
  summary: string
}

/** Runs the script of a step as the runner does for `shell: bash`. */
export function runScript(script: string, env: Readonly<Record<string, string>>): ScriptRun {
  const folder = mkdtempSync(join(tmpdir(), 'step-'))
  try {
    const file = (name: string, text = ''): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const files = {
      GITHUB_OUTPUT: file('output'),
      GITHUB_ENV: file('env'),
      GITHUB_STEP_SUMMARY: file('summary'),
    }
    const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', file('script.sh', script)]
    const { PATH = '' } = process.env
    const { status, stderr, stdout } = spawnSync('bash', args, {
      env: { PATH, ...files, ...env },
      encoding: 'utf8',
    })
    const written = (path: string): string => readFileSync(path, 'utf8')
    return {
      exitCode: status,
      log: stdout + stderr,
      output: written(files.GITHUB_OUTPUT),
      env: written(files.GITHUB_ENV),
      summary: written(files.GITHUB_STEP_SUMMARY),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
