import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { startTestbed } from '../testbed.ts'
import { reasons } from './reasons.ts'

/** As the demo does it: the listener's port is taken on the address that the load balancer has got. */
async function listenWhereSomebodyDoes(): Promise<void> {
  await using testbed = await startTestbed({ timeScale: 20 })
  const { elbv2 } = testbed.clients
  const subnets = ['subnet-0a1b2c3d', 'subnet-1b2c3d4e']
  const { LoadBalancers } = await elbv2.createLoadBalancer({ Name: 'orders', Subnets: subnets })
  const taken = createServer().listen(8080, LoadBalancers?.[0]?.DNSName)
  await once(taken, 'listening')
  try {
    await elbv2.createListener({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Port: 8080,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    })
  } finally {
    taken.close()
  }
}

test('a port that is taken is named, and what to do', async () => {
  const error = await listenWhereSomebodyDoes().catch((thrown: unknown) => thrown)
  expect(reasons(error)[0]).toMatch(
    /^The load balancer cannot listen on 127\.0\.2\.\d+:8080: another process uses the port \(EADDRINUSE\); "ss -ltnp sport = :8080" shows it: end it, and start again$/,
  )
  expect(reasons(error)).toHaveLength(1)
})

test('each reason is told once', () => {
  const deep = new AggregateError([new Error('the port is taken'), new Error('the port is taken')], 'failed')
  expect(reasons(new SuppressedError(deep, new Error('500')))).toEqual(['the port is taken', '500'])
})
