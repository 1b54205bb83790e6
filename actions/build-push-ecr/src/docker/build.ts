import { readFile } from 'node:fs/promises'
import { ActionError, backoff, type Clock, exec, type Log, parseJsonObject } from '@ecs-release/core'
import { type BuildRequest, buildArguments } from './build-arguments.ts'
import type { Builder } from './builder.ts'
import { type Attempted, type BuildFailure, explainFailure } from './failure.ts'
import type { Docker } from './inspect.ts'
import type { StepCounts } from './progress.ts'
import { buildLog } from './show-build.ts'

/** Nothing was to be pushed. */
export interface Built {
  kind: 'built'
  steps: StepCounts
}

export interface Pushed {
  kind: 'pushed'
  /** Of the manifest. */
  digest: string
  steps: StepCounts
}

/** Nothing was pushed, because another image has got the tag meanwhile, and for good. `error` says so. */
export interface TagTaken {
  kind: 'tag-taken'
  error: ActionError
}

export interface BuildOptions {
  docker: Docker
  builder: Builder
  log: Log
  clock: Clock
  /** What explanations of a failure are made of. */
  about: Pick<Attempted, 'dockerfile' | 'ifExists' | 'newRepository'>
  /** Has the next push log in anew. */
  forgetLogin(): void
}

const ATTEMPTS = 3
const PAUSE = { first: 2_000, longest: 15_000 } as const

/**
 * Builds, and pushes if so requested. When only the push failed, and that may pass, it is tried again: the builder has all the
 * layers by then, so nothing is built twice.
 */
export async function build(
  request: BuildRequest,
  options: BuildOptions,
): Promise<Built | Pushed | TagTaken> {
  const { log, clock, docker } = options
  let asked = request
  let steps: StepCounts | undefined
  for (let attempt = 0; ; attempt++) {
    const ended = await buildOnce(asked, options)
    steps ??= ended.steps
    if (ended.failure === undefined) {
      const { digest } = ended
      return digest === undefined ? { kind: 'built', steps } : { kind: 'pushed', digest, steps }
    }
    const { message, again, tagTaken, ...told } = ended.failure
    const last = again === 'login-and-push' ? 1 : ATTEMPTS - 1
    if (again === 'no' || attempt >= last) {
      const error = new ActionError('rejected', message, told)
      if (tagTaken) return { kind: 'tag-taken', error }
      throw error
    }
    log.info(
      again === 'push'
        ? 'The push failed: pushing again'
        : 'The push was refused: pushing again with a new login',
    )
    if (again === 'login-and-push') options.forgetLogin()
    else await clock.sleep(backoff(attempt, PAUSE), docker.signal)
    // Neither may keep the second attempt from finding all in the builder's cache.
    asked = { ...request, pull: false, noCache: false }
  }
}

interface Once {
  /** undefined when nothing was pushed. */
  digest: string | undefined
  steps: StepCounts
  failure: BuildFailure | undefined
}

async function buildOnce(
  request: BuildRequest,
  { docker, builder, log, about }: BuildOptions,
): Promise<Once> {
  const shown = buildLog(log)
  const args = buildArguments(request, builder)
  let exitCode: number
  try {
    exitCode = (await exec({ file: 'docker', args, ...docker, onLine: shown.line })).exitCode
  } finally {
    await shown.end()
  }
  const steps = shown.steps()
  if (exitCode === 0) return { digest: await pushedDigest(request), steps, failure: undefined }
  const attempted: Attempted = { image: request.image, file: request.file, ...about }
  return { digest: undefined, steps, failure: explainFailure(shown.tail(), attempted, shown.output()) }
}

async function pushedDigest({ metadataFile, push }: BuildRequest): Promise<string | undefined> {
  if (!push) return undefined
  const digest = parseJsonObject(await readFile(metadataFile, 'utf8'))?.['containerimage.digest']
  if (typeof digest === 'string') return digest
  throw new ActionError('incomplete-response', 'The build did not say which digest it pushed', {
    hint: 'Update Docker and buildx on the runner: buildx 0.13 and later are known to say it.',
  })
}
