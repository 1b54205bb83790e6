import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'

export const ACTION: string = new URL('./index.ts', import.meta.url).href

interface Ended {
  exitCode: number
  log: string
  errors: string
  outputs: Record<string, string>
  summary: string
}

interface Started extends AsyncDisposable {
  child: ChildProcess
  finished: Promise<Ended>
}

/** A step of its own process, as the runner starts one; `main` is the body of the action's main function. */
export async function startStep(
  main: string,
  env: Record<string, string> = { INPUT_SERVICE: 'web' },
): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'step-'))
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') }
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')))
  const script = `
    import { ActionError, optional, required, runAction, spec, text, wholeNumber } from '${ACTION}'
    const main = async ({ inputs, log, summary, output, signal, clock }) => { ${main} }
    const service = required(text, 'the name of the service')
    await runAction({ inputs: spec({ service, count: optional(wholeNumber()) }), subject: 'service', main: async () => {
      console.log('main loaded')
      return { main }
    } })`
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, ...files, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const finished = finish(child, files)
  return { child, finished, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

async function finish(
  child: ChildProcess,
  files: { GITHUB_OUTPUT: string; GITHUB_STEP_SUMMARY: string },
): Promise<Ended> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('The step has no output')
  const [log, errors, [exitCode]] = await Promise.all([textOf(stdout), textOf(stderr), once(child, 'exit')])
  const outputFile = await readFile(files.GITHUB_OUTPUT, 'utf8')
  const pairs = outputFile.matchAll(/^(.+)<<(ghadelimiter_.+)\n([\s\S]*?)\n\2$/gm)
  const outputs = Object.fromEntries([...pairs].map(([, name, , value]) => [name, value]))
  return { exitCode, log, errors, outputs, summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8') }
}

export function annotations(log: string): string[] {
  return log.split('\n').filter((line) => line.startsWith('::error'))
}
