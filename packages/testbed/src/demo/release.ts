import { join } from 'node:path'
import { runAction } from '../runner/run-action.ts'
import type { Stack } from '../stack/stack.ts'
import type { Testbed } from '../testbed.ts'
import type { MadeImage } from './image-maker.ts'
import type { Narrator } from './narrator.ts'
import type { Release } from './releases.ts'
import { root } from './repository.ts'
import type { Users } from './users.ts'

/** How one release of the demo ended. */
export interface ReleaseResult {
  name: string
  outcome: string
  /** Whether outcome, finding and exit code are what a release like this must end with. */
  expected: boolean
  seconds: number
  /** Of the image that was released. */
  digest: string
  requests: number
  errors: number
}

export interface ReleaseContext {
  testbed: Testbed
  stack: Stack
  traffic: Users
  image: MadeImage
  release: Release
  tell: Narrator
  signal: AbortSignal
}

/** Deploys an image through the committed bundle of ecs-deploy-verify, as a workflow's step would. */
export async function release(context: ReleaseContext): Promise<ReleaseResult & { summary: string }> {
  const { testbed, stack, traffic, image, tell, signal } = context
  const before = traffic.totals()
  await using run = await runAction({
    actionPath: join(root, 'actions/ecs-deploy-verify'),
    inputs: {
      cluster: stack.cluster,
      service: stack.service,
      images: `${stack.container}=${image.uri}`,
      timeout: '5m',
      'aws-region': 'us-east-1',
    },
    env: testbed.environment,
    onOutput: (line) => tell.quote(line),
    signal,
  })
  signal.throwIfAborted()
  const after = traffic.totals()
  const result = {
    name: context.release.name,
    outcome: run.outputs.outcome ?? 'none',
    expected: isExpected(context.release, run.exitCode, run.outputs),
    seconds: run.durationMs / 1000,
    digest: image.digest,
    requests: after.sent - before.sent,
    errors: after.errors - before.errors,
  }
  const ending = `${result.outcome} in ${result.seconds.toFixed(1)} s · users: ${result.requests} requests, ${result.errors} errors`
  if (result.expected) tell.good(`${ending} · as it should be`)
  else tell.bad(`${ending} · expected ${context.release.expected}`)
  return { ...result, summary: run.summary }
}

function isExpected(
  release: Release,
  exitCode: number | null,
  outputs: Readonly<Record<string, string>>,
): boolean {
  const green = release.expected === 'succeeded'
  const named = release.finding === undefined || (outputs.findings ?? '').includes(`"${release.finding}"`)
  return outputs.outcome === release.expected && (exitCode === 0) === green && named
}
