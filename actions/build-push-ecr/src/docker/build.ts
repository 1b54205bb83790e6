import { readFile } from 'node:fs/promises'
import { ActionError, backoff, type Clock, exec, type Log, oneLine, parseJsonObject } from '@ecs-release/core'
import { type BuildRequest, buildArguments } from './build-arguments.ts'
import { type Builder, isFull, parseBuilder } from './builder.ts'
import { type Attempted, type BuildFailure, explainFailure } from './failure.ts'
import type { StepCounts } from './progress.ts'
import { buildLog } from './show-build.ts'

export interface Docker {
  env: Readonly<Record<string, string>>
  signal: AbortSignal
}

export interface Built {
  /** Of the manifest that was pushed; undefined when nothing was. */
  digest: string | undefined
  steps: StepCounts
}

/** Asks which builder a build would use. Throws when there is no Docker, no buildx, or no engine. */
export async function inspectBuilder({ env, signal }: Docker): Promise<Builder> {
  const { exitCode, stdout, stderr } = await exec({
    file: 'docker',
    args: ['buildx', 'inspect'],
    env,
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

export interface BuildOptions {
  docker: Docker
  builder: Builder
  log: Log
  clock: Clock
  newRepository: boolean
  /** Has the next push log in anew. */
  forgetLogin(): void
}

const ATTEMPTS = 3
const PAUSE = { first: 2_000, longest: 15_000 } as const

/**
 * Builds, and pushes if so requested. When only the push failed, and that may pass, it is tried again: the builder has all the
 * layers by then, so nothing is built twice.
 */
export async function build(request: BuildRequest, options: BuildOptions): Promise<Built> {
  const { builder, log, clock, docker } = options
  if ((request.platforms?.length ?? 0) > 1 && !isFull(builder)) throw needsOtherBuilder(builder)
  let asked = request
  let steps: StepCounts | undefined
  for (let attempt = 0; ; attempt++) {
    const ended = await buildOnce(asked, options)
    steps ??= ended.steps
    if (ended.failure === undefined) return { digest: ended.digest, steps }
    const { message, hint, again } = ended.failure
    const last = again === 'login-and-push' ? 1 : ATTEMPTS - 1
    if (again === 'no' || attempt >= last) throw new ActionError('rejected', message, { hint })
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

interface Once extends Built {
  failure: BuildFailure | undefined
}

async function buildOnce(
  request: BuildRequest,
  { docker, builder, log, newRepository }: BuildOptions,
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
  const attempted: Attempted = { image: request.image, file: request.file, newRepository }
  return { digest: undefined, steps, failure: explainFailure(shown.tail(), attempted) }
}

async function pushedDigest({ metadataFile, push }: BuildRequest): Promise<string | undefined> {
  if (!push) return undefined
  const digest = parseJsonObject(await readFile(metadataFile, 'utf8'))?.['containerimage.digest']
  if (typeof digest === 'string') return digest
  throw new ActionError('incomplete-response', 'The build did not say which digest it pushed', {
    hint: 'Update Docker and buildx on the runner: buildx 0.13 and later are known to say it.',
  })
}

function needsOtherBuilder({ name, driver }: Builder): ActionError {
  return new ActionError(
    'invalid-input',
    `platforms: the builder ${name} (driver ${driver}, classic image store) builds one platform only`,
    {
      hint: 'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the engine.',
    },
  )
}

/** Docker says what is wrong first, and how to get help after it. */
function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
