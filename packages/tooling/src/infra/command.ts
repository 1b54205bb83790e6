import { spawn } from 'node:child_process'

export interface Command {
  file: string
  args: readonly string[]
  cwd: string
  /** Beside this process's own environment; undefined takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>
}

/** How a program ended. One that a signal ended has exit code 128. */
export interface Ended {
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs a program to its end without a shell. Throws only when it cannot be started. */
export function run({ file, args, cwd, env = {} }: Command): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? 128, ...output }))
  })
}
