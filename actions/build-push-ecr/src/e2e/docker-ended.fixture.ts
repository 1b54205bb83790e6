import { execFile } from 'node:child_process'
import type { ImageJob } from '@ecs-release/testbed'

export interface DockerEnded {
  exitCode: number
  /** stdout and stderr. */
  said: string
}

/** Runs the `docker` that is first in the PATH of `env`; however it ends is a value. */
export function docker(
  { env }: Pick<ImageJob, 'env'>,
  args: readonly string[],
  input = '',
): Promise<DockerEnded> {
  const { PATH } = process.env
  return new Promise((resolve) => {
    const child = execFile('docker', args, { env: { PATH, ...env } }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 128, said: stdout + stderr }),
    )
    child.stdin?.end(input)
  })
}
