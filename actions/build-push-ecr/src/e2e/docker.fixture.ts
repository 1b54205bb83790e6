import { execFile } from 'node:child_process'
import { allowed, ORDINARY } from '@ecs-release/core'
import type { ImageJob } from '@ecs-release/testbed'

export interface DockerEnded {
  exitCode: number
  stdout: string
  stderr: string
}

/** `docker` as the user of the job calls it, beside the action. Throws what docker says when it fails. */
export async function docker(here: Pick<ImageJob, 'env'>, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await dockerEnded(here, args)
  if (exitCode !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

/** The same, and however it ends is a value. It is the `docker` that is first in the PATH of `env`, which may be a wrapper. */
export function dockerEnded(
  { env }: Pick<ImageJob, 'env'>,
  args: readonly string[],
  input = '',
): Promise<DockerEnded> {
  return new Promise((resolve) => {
    const whole = { ...allowed(process.env, ORDINARY), ...env }
    const child = execFile('docker', args, { env: whole }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 128, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}

/** Forgets what the builder keeps of the steps whose text holds `mark`, and nothing else of this machine; true if there was any. */
export async function forgetSteps(here: ImageJob, mark: string): Promise<boolean> {
  const filter = ['--filter', `description~=${mark}`]
  const forgotten = await docker(here, 'buildx', 'prune', '--all', '--force', ...filter)
  return /\btrue\b/.test(forgotten)
}
