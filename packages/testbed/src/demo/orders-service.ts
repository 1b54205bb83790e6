import { createStack, type Stack } from '../stack/stack.ts'
import type { Testbed } from '../testbed.ts'
import { containerPort } from './example-app.ts'

/** The service of the demo: two tasks behind a load balancer, rolling deployments, circuit breaker with rollback. */
export function ordersService(testbed: Testbed, image: string): Promise<Stack> {
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
