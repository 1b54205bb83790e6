import { setTimeout as wait } from 'node:timers/promises'
import type { World } from './world.fixture.ts'

/** Slow enough that a second run begins while the first one's deployment goes on. */
export const slow = { timeScale: 10 }

/** Waits until the nth service deployment is listed, and returns the id of its `ecs-svc/N`. */
export async function begun({ stack, testbed }: World, count: number): Promise<string> {
  for (;;) {
    const { cluster, service } = stack
    const { serviceDeployments = [] } = await testbed.clients.ecs.listServiceDeployments({ cluster, service })
    const revision = serviceDeployments[0]?.targetServiceRevisionArn
    if (serviceDeployments.length >= count && revision !== undefined) {
      return `ecs-svc/${revision.slice(revision.lastIndexOf('/') + 1)}`
    }
    await wait(50)
  }
}

export const writes = ({ testbed }: World): string[] =>
  testbed.calls
    .all()
    .map(({ operation }) => operation)
    .filter((name) => /^(Register|Update)/.test(name))
