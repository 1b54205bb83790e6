import { join } from 'node:path'
import { runAction } from '../runner/run-action.ts'
import { engineSocket } from '../tasks/docker/engine.ts'
import { type Checkout, exampleAppCheckout } from './checkout.ts'
import type { ImageMaker, ImageMakerOptions, MadeImage } from './image-maker.ts'
import { root } from './repository.ts'

/** Each image is built and pushed by the committed bundle of build-push-ecr, as a step on a commit of its own. */
export async function builtImages(options: ImageMakerOptions): Promise<ImageMaker> {
  const checkout = await exampleAppCheckout(options.server)
  let builds = 0
  return {
    async make(version, fault) {
      builds += 1
      const commit = await checkout.commit(version, fault)
      if (builds === 1)
        options.tell.fact('build-push-ecr builds the first image, and pushes it with its base image …')
      return buildAndPush(options, checkout, { version, commit, number: builds })
    },
    [Symbol.asyncDispose]: () => checkout[Symbol.asyncDispose](),
  }
}

interface Build {
  version: string
  commit: string
  /** Of the workflow run. */
  number: number
}

async function buildAndPush(
  { testbed, tell, signal }: ImageMakerOptions,
  { folder }: Checkout,
  { version, commit, number }: Build,
): Promise<MadeImage> {
  await using run = await runAction({
    actionPath: join(root, 'actions/build-push-ecr'),
    inputs: {
      repository: 'orders',
      context: 'example-app',
      'build-args': `APP_VERSION=${version}\nAPP_COMMIT=${commit}`,
      'create-repository': true,
    },
    env: { ...testbed.environment, ...dockerEnvironment() },
    workspace: folder,
    github: { sha: commit, run_number: String(number) },
    event: { repository: { full_name: 'octo-org/shop', default_branch: 'main' } },
    signal,
  })
  signal.throwIfAborted()
  const { uri, digest, message } = run.outputs
  if (run.conclusion !== 'success' || !uri || !digest) throw new Error(`build-push-ecr failed:\n${run.log}`)
  tell.fact(`build-push-ecr: ${message} in ${(run.durationMs / 1000).toFixed(1)} s`)
  return { uri, digest }
}

/** The engine that the tasks run on builds too: another builder, or another engine, does not reach the testbed's loopback. */
function dockerEnvironment(): Record<string, string> {
  const config = process.env.DOCKER_CONFIG
  return {
    DOCKER_HOST: `unix://${engineSocket()}`,
    BUILDX_BUILDER: 'default',
    ...(config === undefined ? {} : { DOCKER_CONFIG: config }),
  }
}
