import { setTimeout as wait } from 'node:timers/promises'
import type { Testbed } from '../testbed.ts'
import type { Stack } from './stack.ts'

/** Waits until the service runs as many tasks as it should, on one deployment that is complete; at most a minute. */
export async function steady(testbed: Testbed, stack: Stack, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    signal?.throwIfAborted()
    const { services } = await testbed.clients.ecs.describeServices({
      cluster: stack.cluster,
      services: [stack.service],
    })
    const service = services?.[0]
    const [deployment, ...older] = service?.deployments ?? []
    const complete = deployment?.rolloutState === 'COMPLETED' && older.length === 0
    if (complete && service?.runningCount === service?.desiredCount && service?.pendingCount === 0) return
    await wait(200)
  }
  throw new Error(`the service ${stack.service} did not become steady within a minute`)
}
