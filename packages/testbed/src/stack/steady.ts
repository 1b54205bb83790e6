import { setTimeout as wait } from 'node:timers/promises'
import type { Service } from '@aws-sdk/client-ecs'
import type { Testbed } from '../testbed.ts'
import type { Stack } from './stack.ts'

/** Milliseconds. A machine that is busy starts a container in many seconds. */
const patience = 150_000

/** What the error of a service that is not steady repeats of its events: the newest, oldest first. */
const eventsTold = 5

/** Waits until the service runs as many tasks as it should, on one deployment that is complete; at most so long. */
export async function steady(testbed: Testbed, stack: Stack, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + patience
  let service: Service | undefined
  while (Date.now() < deadline) {
    signal?.throwIfAborted()
    service = await described(testbed, stack)
    if (isSteady(service)) return
    await wait(200)
  }
  throw new Error(
    `the service ${stack.service} did not become steady within ${patience / 60_000} minutes:\n${events(service)}`,
  )
}

async function described(testbed: Testbed, { cluster, service }: Stack): Promise<Service | undefined> {
  const { services } = await testbed.clients.ecs.describeServices({ cluster, services: [service] })
  return services?.[0]
}

function isSteady(service: Service | undefined): boolean {
  const [deployment, ...older] = service?.deployments ?? []
  const complete = deployment?.rolloutState === 'COMPLETED' && older.length === 0
  return complete && service?.runningCount === service?.desiredCount && service?.pendingCount === 0
}

function events(service: Service | undefined): string {
  const newest = service?.events?.slice(0, eventsTold).map(({ message }) => message) ?? []
  return newest.reverse().join('\n') || 'it has no events'
}
