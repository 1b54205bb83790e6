import { describe, expect, test } from 'vitest'
import { codesOf, errorOf, plays, rolledBack, type Scenario, succeeds } from './findings.fixture.ts'
import { balanced, type WorldOptions, world } from './world.fixture.ts'

/** Behind a load balancer that finds a sick task sooner than the other tests need. */
const checked: WorldOptions = {
  ...balanced,
  healthCheckGracePeriodSeconds: 60,
  loadBalancer: { ...balanced.loadBalancer, unhealthyThreshold: 2 },
  timeScale: 30,
}
/** So slow that a busy machine starts a task in time. */
const patient: WorldOptions = { ...balanced, timeScale: 20 }
const closedGroup: WorldOptions = {
  ...checked,
  wait: false,
  service: (input) => ({
    ...input,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-closed'] },
    },
  }),
}

const scenarios: Record<string, Scenario> = {
  'a path that answers 503': {
    options: checked,
    cause: async ({ push }) => ({ images: (await push('v2', { fault: 'health', exposes: 9999 })).uri }),
    codes: ['load-balancer-health-check', 'circuit-breaker'],
    shows: '[503]',
    reads: () =>
      `${rolledBack}the load balancer gets 503 for /health from port 8080 of the tasks, where the matcher wants 200\nRequest that path from inside a task: the application has to answer it with a status that the matcher allows. Change the path or the matcher of the target group orders, or the application.`,
  },
  'an application that accepts and does not answer': {
    options: checked,
    cause: async ({ push }) => ({ images: (await push('v2', { fault: 'hang' })).uri }),
    codes: ['load-balancer-health-check', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the tasks accept the health checks of the load balancer on port 8080 and do not answer /health within 5 s\nFind out what the application waits for there: a health check should not depend on what is slow. Otherwise raise the time-out of the health check of the target group orders.`,
  },
  'an application that listens elsewhere, as its image says': {
    options: checked,
    cause: async ({ push }) => ({ images: (await push('v2', { fault: 'port', exposes: 9999 })).uri }),
    codes: ['container-port', 'circuit-breaker'],
    reads: ({ images }) =>
      `${rolledBack}nothing accepts connections on containerPort 8080 of container app, and its image ${images} exposes 9999\nLet the application listen on 8080, or change containerPort in the port mapping and in the load balancer of the service to the port on which it listens.`,
  },
  'an application that listens elsewhere, as its log says': {
    options: checked,
    cause: async ({ push }) => ({
      images: (await push('v2', { fault: 'port', exposes: 8080, says: ['listening on :9999'] })).uri,
    }),
    codes: ['container-port', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}nothing accepts connections on containerPort 8080 of container app, and its log says that it listens on port 9999\nLet the application listen on 8080, or change containerPort in the port mapping and in the load balancer of the service to 9999.`,
  },
  'an application that listens elsewhere, and nothing tells where': {
    options: checked,
    cause: async ({ push }) => ({ images: (await push('v2', { fault: 'port' })).uri }),
    codes: ['load-balancer-health-check', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the health checks of the load balancer for /health on port 8080 of the tasks fail without an answer\nThe application has to listen on port 8080 on all addresses (0.0.0.0), not only on the loopback address, and speak the protocol of the target group orders. If it needs long to start, raise healthCheckGracePeriodSeconds of the service.`,
  },
  'an application that starts slowly': {
    options: checked,
    cause: async ({ push }) => ({ images: (await push('v2', { fault: 'slow', exposes: 8080 })).uri }),
    codes: ['grace-period', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the tasks are stopped before anything listens on port 8080: their health checks count from 60 s after the start on\nSet healthCheckGracePeriodSeconds of the service above the time that the application needs to start. If it starts faster than that, it does not listen on port 8080 on all addresses.`,
  },
}

describe.concurrent('what the load balancer meets', () => {
  test.each(Object.entries(scenarios))('%s', (_, scenario) => plays(scenario))

  test('security groups that do not let it in', async () => {
    await using aws = await world(closedGroup)
    aws.testbed.account.network.closeSecurityGroup('sg-closed')
    await using run = await aws.deploy({ images: (await aws.push('v2')).uri })
    expect(errorOf(run)).toBe(
      'orders:2 failed on orders, and so did the rollback: the load balancer gets no answer from any task on port 8080 (Request timed out): most likely their security groups sg-closed do not let it in\nAllow TCP port 8080 in sg-closed from the security group of the load balancer. If that is so already, the application accepts connections and does not answer in time.',
    )
    expect(codesOf(run)).toEqual(['security-group', 'no-rollback-candidate', 'circuit-breaker'])
  })

  test('not: a group that is closed for others', () =>
    succeeds(patient, async ({ push, testbed }) => {
      testbed.account.network.closeSecurityGroup('sg-closed')
      return { images: (await push('v2')).uri }
    }))

  test('not: a slow start within the grace period', () =>
    succeeds({ ...checked, healthCheckGracePeriodSeconds: 900 }, async ({ push }) => ({
      images: (await push('v2', { fault: 'slow', exposes: 8080 })).uri,
    })))

  test('not: a target group whose default port is another one, and an image that exposes more than one', () =>
    succeeds(
      { ...patient, loadBalancer: { ...balanced.loadBalancer, targetGroupPort: 80 } },
      async ({ push }) => ({
        images: (await push('v2', { exposes: 8080 })).uri,
      }),
    ))
})
