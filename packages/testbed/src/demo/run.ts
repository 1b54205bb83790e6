import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createStack, type Stack } from '../stack/stack.ts'
import { steady } from '../stack/steady.ts'
import { startTestbed, type Testbed } from '../testbed.ts'
import { bundledExampleApp, containerPort, exampleAppImage } from './example-app.ts'
import { killOneTask } from './kill-one-task.ts'
import type { Narrator } from './narrator.ts'
import type { DemoOptions } from './options.ts'
import { type ReleaseResult, release } from './release.ts'
import { releases } from './releases.ts'
import { type UserTotals, users } from './users.ts'

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

/** Releases the example app four times with users on it all along. Each job summary is written into `summaries`. */
export async function runDemo(options: DemoOptions, summaries: string, tell: Narrator): Promise<DemoReport> {
  const server = await bundledExampleApp()
  await using testbed = await startTestbed({ timeScale, healthChecks: options.healthChecks })
  const push = async (version: string, fault: Readonly<Record<string, string>>) =>
    testbed.images.push('orders', version, await exampleAppImage(server, version, fault))
  const stack = await orders(testbed, (await push('v0', {})).reference)
  await steady(testbed, stack)
  tell.fact(`The stack is there, with v0 on two tasks. Users come in at ${stack.url}`)

  await mkdir(summaries, { recursive: true })
  const traffic = users({
    url: stack.url ?? '',
    perSecond: requestsPerSecond,
    paths: ['/', '/orders', '/api/hello?name=ada', '/version'],
    timeoutMs: 5_000,
  })
  const results: ReleaseResult[] = []
  for (const next of releases(options.healed)) {
    tell.chapter(next.name, next.story)
    const image = await push(next.name, next.fault)
    const { summary, ...result } = await release({ testbed, stack, traffic, image, release: next, tell })
    await writeFile(join(summaries, `${next.name}.md`), summary)
    results.push(result)
    if (result.outcome !== 'succeeded') {
      tell.fact(
        'Waiting until the service is steady: ECS rolls back only to a deployment that has completed.',
      )
      await steady(testbed, stack)
    }
    if (next.name === 'v2') await killOneTask(testbed, stack, traffic, tell)
  }
  const totals = await traffic.stop()
  return { results, users: totals, seconds: totals.seconds }
}

/** The service of the demo: two tasks behind a load balancer, rolling deployments, circuit breaker with rollback. */
function orders(testbed: Testbed, image: string): Promise<Stack> {
  return createStack(testbed.clients, {
    name: 'orders',
    image,
    desiredCount: 2,
    containerPort,
    healthCheckGracePeriodSeconds: 60,
    loadBalancer: {
      healthCheckPath: '/health',
      healthCheckInterval: 10,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      deregistrationDelay: 30,
    },
  })
}
