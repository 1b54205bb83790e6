import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActionOptions, ActionRun } from './action-run.ts'
import { runAction } from './run-action.ts'

export interface WrittenAction {
  main: string
  /** `node24` by default. */
  using?: string
  pre?: string
  post?: string
  /** Lines of action.yml under `runs:`. */
  runs?: string[]
  /** Lines of action.yml under `inputs:`. */
  inputs?: string[]
}

/** What every script of a fixture can use. */
const prelude = `
  import { appendFileSync, writeFileSync } from 'node:fs'
  const append = (name, text) => appendFileSync(process.env[name], text)
  const say = (...lines) => lines.forEach((line) => console.log(line))
`

/** Writes an action into a directory that goes with the run, and runs it. */
export async function runWritten(
  action: WrittenAction,
  options: Omit<ActionOptions, 'actionPath'> = {},
): Promise<ActionRun> {
  const directory = await mkdtempDisposable(join(tmpdir(), 'action-'))
  const lines = ['name: Written', 'runs:', `  using: ${action.using ?? 'node24'}`, '  main: main.mjs']
  for (const stage of ['main', 'pre', 'post'] as const) {
    const script = action[stage]
    if (script === undefined) continue
    if (stage !== 'main') lines.push(`  ${stage}: ${stage}.mjs`)
    await writeFile(join(directory.path, `${stage}.mjs`), prelude + script)
  }
  lines.push(...(action.runs ?? []).map((line) => `  ${line}`))
  if (action.inputs) lines.push('inputs:', ...action.inputs.map((line) => `  ${line}`))
  await writeFile(join(directory.path, 'action.yml'), lines.join('\n'))
  const run = await runAction({ ...options, actionPath: directory.path }).catch(async (error: unknown) => {
    await directory.remove()
    throw error
  })
  return {
    ...run,
    async [Symbol.asyncDispose]() {
      await directory.remove()
      await run[Symbol.asyncDispose]()
    },
  }
}
