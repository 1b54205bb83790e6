import { ECSClient, type Service, waitUntilServicesStable } from '@aws-sdk/client-ecs'

/** Seconds. */
export interface WaiterLimits {
  maxWaitTime: number
  minDelay: number
}

/**
 * Has the SDK's own waiter wait for a service that looks as `answer` says each time. Only that its time ran out counts as giving up: the
 * waiter takes any failure of a call for "not yet", so one of `answer` is thrown here.
 */
export async function waitBySdk(answer: () => Service, limits: WaiterLimits): Promise<'stable' | 'gave up'> {
  const failures: unknown[] = []
  const client = new ECSClient({ region: 'us-east-1' })
  // Answers in place of AWS, as soon as the waiter asks.
  client.middlewareStack.add(
    () => async () => {
      try {
        return { output: { services: [answer()], $metadata: {} }, response: {} }
      } catch (error) {
        failures.push(error)
        throw error
      }
    },
    { step: 'initialize', priority: 'high', name: 'virtualDeployment' },
  )
  const ended = await waitUntilServicesStable({ client, ...limits }, { cluster: 'prod', services: ['web'] })
    .then(() => 'stable' as const)
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'TimeoutError') return 'gave up' as const
      throw error
    })
  if (failures.length > 0) throw failures[0]
  return ended
}
