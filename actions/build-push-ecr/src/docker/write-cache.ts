import { exec, oneLine } from '@ecs-release/core'
import { type BuildRequest, buildArguments } from './build-arguments.ts'
import type { Builder } from './builder.ts'
import type { Docker } from './inspect.ts'

/** What became of the cache, with all that buildx said. */
export interface WrittenCache {
  lines: readonly string[]
  /** Why it was not written; undefined when it was. */
  failed: string | undefined
}

/**
 * Exports the cache of a build that the builder has just made, with a build of its own: the image is tagged and scanned meanwhile, and
 * a build that changed no layer needs none.
 */
export async function writeCache(
  request: BuildRequest,
  builder: Builder,
  docker: Docker,
): Promise<WrittenCache> {
  const extraArgs = request.extraArgs?.filter((argument) => !argument.startsWith('--no-cache-filter='))
  const nothingAnew = { push: false, load: false, pull: false, noCache: false, extraArgs }
  const lines: string[] = []
  const onLine = (line: string) => void lines.push(line)
  const args = buildArguments({ ...request, ...nothingAnew }, builder)
  const { exitCode } = await exec({ file: 'docker', args, ...docker, onLine })
  const error = lines.findLast((line) => /^(#\d+ )?(ERROR: |error writing)/.test(line))
  const failed = error ?? (exitCode === 0 ? undefined : `exit code ${exitCode}`)
  return { lines, failed: failed && oneLine(failed.replace(/^(#\d+ )?(ERROR: )?/, '')) }
}
