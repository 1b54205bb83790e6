import { ActionError, type Environment, oneLine } from '@ecs-release/core/action'
import { allowed, exec, ORDINARY } from '@ecs-release/core/process'
import { type Builder, parseBuilder } from './builder.ts'

/** What every call of `docker` needs. */
export interface Docker {
  env: Readonly<Record<string, string>>
  signal: AbortSignal
}

/** Asks which builder a build would use. Throws when there is no Docker, no buildx, or no engine. */
export async function inspectBuilder(env: Environment, signal: AbortSignal): Promise<Builder> {
  const seen = allowed(env, [...ORDINARY, 'DOCKER_*', 'BUILDX_*', 'BUILDKIT_*'])
  const { exitCode, stdout, stderr } = await exec({
    file: 'docker',
    args: ['buildx', 'inspect'],
    env: seen,
    signal,
  })
  const error =
    /^Error:\s+(.+)$/m.exec(stdout)?.[1] ?? (exitCode === 0 ? undefined : firstLine(stderr || stdout))
  if (error === undefined) return parseBuilder(stdout)
  const plugin = /is not a docker command|unknown command/.test(error)
  throw new ActionError('not-found', `No image can be built here: ${oneLine(error)}`, {
    hint: plugin
      ? 'Install the buildx plug-in of Docker on the runner, or run docker/setup-buildx-action before this step.'
      : 'Use a runner with a running Docker engine, or choose the builder with docker/setup-buildx-action or BUILDX_BUILDER.',
  })
}

/** Docker says what is wrong first, and how to get help after it. */
function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
