/**
 * `npm run lint:workflows`: actionlint on the workflows, on a copy that it can look deeper into, and on what the documents show;
 * zizmor on workflows and actions. Neither is a package of npm: `.ci/run` installs them.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../repository.ts'
import { documentedWorkflows } from './documented.ts'
import { addWorkflow, rewrittenCopy } from './rewritten.ts'

/** Whether shellcheck and pyflakes are there would decide the result; they are left out everywhere. */
const actionlint = ['-oneline', '-shellcheck=', '-pyflakes=']

/** Runs a linter in a folder; returns what it found, line by line. */
function found(tool: string, args: readonly string[], cwd: string): string[] {
  const { GH_TOKEN: _, GITHUB_TOKEN: __, ...env } = process.env
  const { error, status, stderr, stdout } = spawnSync(tool, args, { cwd, env, encoding: 'utf8' })
  if (error !== undefined) return [`${tool} cannot be run here: ${error.message}. .ci/run installs it`]
  if (status === 0) return []
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  return lines.length === 0 ? [`${tool} ended with ${status}`] : lines
}

function inCopy(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'rewritten-'))
  try {
    rewrittenCopy(folder)
    const names = new Map<string, string>()
    for (const [index, { text, where }] of documentedWorkflows().entries()) {
      addWorkflow(folder, `documented-${index}.yml`, text)
      names.set(`.github/workflows/documented-${index}.yml`, where)
    }
    console.log(
      `${readdirSync(join(folder, '.github/workflows')).length} workflows, ${names.size} of them from documents`,
    )
    return found('actionlint', actionlint, folder).map((line) =>
      line.replace(/^[^:]+/, (file) => names.get(file) ?? file),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const zizmor = ['--offline', '--no-progress', '--strict-collection', '--quiet', '.github', 'actions']
const checks = {
  actionlint: found('actionlint', actionlint, root),
  'actionlint with the own references as paths': inCopy(),
  zizmor: found('zizmor', zizmor, root),
}
for (const [name, lines] of Object.entries(checks)) {
  for (const line of lines) console.error(line)
  console.log(`${name}: ${lines.length === 0 ? 'clean' : 'see above'}`)
  if (lines.length > 0) process.exitCode = 1
}
