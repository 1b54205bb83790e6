import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2'
import { scaledClock } from '../time/scaled-clock.ts'
import { type Credentials, credentials } from '../wire/credentials.ts'
import { faults } from '../wire/faults.ts'
import { defaultPlace } from '../wire/place.ts'
import { startWireServer, type WireServer } from '../wire/server.ts'
import { type LoadBalancing, loadBalancing } from './load-balancing.ts'

/** Load balancing behind the wire server, with the real client, for tests of the API. */
export interface WiredStand extends AsyncDisposable {
  elb: ElasticLoadBalancingV2
  server: WireServer
  balancing: LoadBalancing
  credentials: Credentials
  loadBalancer(name: string): Promise<string>
  targetGroup(name: string): Promise<string>
  /** A listener on port 8080 that forwards to the group. */
  listener(loadBalancer: string, targetGroup: string): Promise<string>
}

export async function wiredStand(throttling = false): Promise<WiredStand> {
  const clock = scaledClock(100)
  const balancing = loadBalancing({ clock, place: defaultPlace, healthChecks: true })
  const keys = credentials()
  const server = await startWireServer({
    services: [balancing.service],
    place: defaultPlace,
    credentials: keys,
    faults: faults(),
    throttling,
    now: () => clock.now(),
  })
  const { session } = keys
  const elb = new ElasticLoadBalancingV2({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: session,
    maxAttempts: 1,
  })
  return {
    elb,
    server,
    balancing,
    credentials: keys,
    async loadBalancer(Name) {
      const made = await elb.createLoadBalancer({ Name, Subnets: ['subnet-1', 'subnet-2'] })
      return made.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
    },
    async targetGroup(Name) {
      const settings = { Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'ip' } as const
      return (await elb.createTargetGroup({ Name, ...settings })).TargetGroups?.[0]?.TargetGroupArn ?? ''
    },
    async listener(LoadBalancerArn, TargetGroupArn) {
      const made = await elb.createListener({
        LoadBalancerArn,
        Protocol: 'HTTP',
        Port: 8080,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      })
      return made.Listeners?.[0]?.ListenerArn ?? ''
    },
    async [Symbol.asyncDispose]() {
      elb.destroy()
      await server[Symbol.asyncDispose]()
      await balancing[Symbol.asyncDispose]()
      await clock[Symbol.asyncDispose]()
    },
  }
}
