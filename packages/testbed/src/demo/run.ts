import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stack } from '../stack/stack.ts'
import { steady } from '../stack/steady.ts'
import { startTestbed, type Testbed } from '../testbed.ts'
import { bundledExampleApp } from './example-app.ts'
import { type ImageMaker, imageMaker } from './image-maker.ts'
import { type ImagePath, imagePath } from './image-path.ts'
import { killOneTask } from './kill-one-task.ts'
import type { Narrator } from './narrator.ts'
import type { DemoOptions } from './options.ts'
import { ordersService } from './orders-service.ts'
import { type ReleaseResult, release } from './release.ts'
import { type Release, releases } from './releases.ts'
import { runningDigests } from './running-images.ts'
import { type Users, type UserTotals, users } from './users.ts'

/** User requests a second, all along. */
export const requestsPerSecond = 20

/** AWS's own durations pass this much faster, so that a deployment of minutes takes seconds. */
const timeScale = 20

export interface DemoReport {
  results: ReleaseResult[]
  users: UserTotals
  /** Seconds that users were on the service. */
  seconds: number
}

export interface DemoSurroundings {
  /** The folder into which each job summary is written. */
  summaries: string
  tell: Narrator
  /** Ends the demo early, which then throws once nothing of it is left. */
  signal: AbortSignal
}

/** Releases the example app four times with users on it all along. */
export async function runDemo(options: DemoOptions, surroundings: DemoSurroundings): Promise<DemoReport> {
  const { summaries, tell, signal } = surroundings
  const path = await imagePath(options.tasks)
  tell.fact(path.why)
  const server = await bundledExampleApp(signal)
  await using testbed = await startTestbed({
    timeScale,
    healthChecks: options.healthChecks,
    tasks: path.tasks,
  })
  await using maker = await imageMaker(path, { testbed, server, tell, signal })
  const stack = await ordersService(testbed, (await maker.make('v0', {})).uri)
  await steady(testbed, stack, signal)
  tell.fact(`The stack is there, with v0 on two tasks. Users come in at ${stack.url}`)

  await mkdir(summaries, { recursive: true })
  await using traffic = usersOf(stack)
  const stage: Stage = { ...surroundings, testbed, stack, traffic, maker, path }
  const results: ReleaseResult[] = []
  for (const next of releases(options.healed)) {
    const serving = results.findLast(({ outcome }) => outcome === 'succeeded')?.digest
    results.push(await act(stage, next, serving))
    if (next.name === 'v2') await killOneTask(testbed, stack, traffic, tell, signal)
  }
  const totals = await traffic.stop()
  return { results, users: totals, seconds: totals.seconds }
}

interface Stage extends DemoSurroundings {
  testbed: Testbed
  stack: Stack
  traffic: Users
  maker: ImageMaker
  path: ImagePath
}

/** One release, from its image to a service that runs what it should: `serving` is what a rollback leads back to. */
async function act(stage: Stage, next: Release, serving: string | undefined): Promise<ReleaseResult> {
  const { testbed, stack, tell, signal } = stage
  tell.chapter(next.name, next.story)
  const image = await stage.maker.make(next.name, next.fault)
  const { summary, ...result } = await release({ ...stage, image, release: next })
  await writeFile(join(stage.summaries, `${next.name}.md`), summary)
  // The action says success as soon as no old task serves users; ECS counts the deployment as completed a little later.
  tell.fact('Waiting until the deployment has completed: ECS rolls back only to one that has.')
  await steady(testbed, stack, signal)
  const wanted = result.outcome === 'succeeded' ? image.digest : serving
  return { ...result, expected: (await runs(stage, wanted)) && result.expected }
}

/** Looks at the tasks themselves, past all that the action says. */
async function runs({ path, testbed, stack, tell }: Stage, wanted: string | undefined): Promise<boolean> {
  const digests = await runningDigests(path, testbed, stack)
  const what = `${digests.length} ${path.tasks === 'containers' ? 'containers' : 'tasks'}`
  const proven = digests.length > 0 && digests.every((digest) => digest === wanted)
  if (proven) tell.good(`${what} of ${wanted} are running`)
  else tell.bad(`${what} are running, of ${digests.join(' and ')}, where ${wanted} was expected`)
  return proven
}

function usersOf(stack: Stack): Users {
  return users({
    url: stack.url ?? '',
    perSecond: requestsPerSecond,
    paths: ['/', '/orders', '/api/hello?name=ada', '/version'],
    timeoutMs: 5_000,
  })
}
