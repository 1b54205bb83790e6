import { routingAudit } from '../balancer/routing-audit.ts'
import { TrafficCounter, type TrafficCounts } from '../balancer/traffic-counts.ts'
import type { Clock } from '../time/clock.ts'
import type { Place } from '../wire/place.ts'
import type { Service } from '../wire/service.ts'
import { deniedResource } from './denied-resource.ts'
import { ecsTargetGroups } from './ecs-target-groups.ts'
import { ElbState } from './elb-state.ts'
import type { ElbWorld } from './elb-world.ts'
import { listenerOperations } from './listener-operations.ts'
import { closeLoadBalancer, loadBalancerOperations } from './load-balancer-operations.ts'
import { buckets } from './rates.ts'
import { ruleOperations } from './rule-operations.ts'
import { targetGroupOperations } from './target-group-operations.ts'
import { targetOperations } from './target-operations.ts'
import type { TargetGroupLookup, TargetGroups } from './targets.ts'

export interface LoadBalancingOptions {
  clock: Clock
  place: Place
  /** false: nothing is probed and every registered target counts as healthy at once. */
  healthChecks: boolean
  /** Whether packets get to an address; they do everywhere when left out. */
  letsIn?: (address: string) => boolean
}

/** Disposal stops listeners and probes, and throws when traffic ever went where it must not. */
export interface LoadBalancing extends AsyncDisposable {
  targetGroups: TargetGroups & TargetGroupLookup
  /** The Elastic Load Balancing v2 API. */
  service: Service
  counts: TrafficCounts
}

function elbService(world: ElbWorld): Service {
  return {
    name: 'elasticloadbalancing',
    protocol: {
      kind: 'query',
      version: '2015-12-01',
      namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    },
    operations: {
      ...loadBalancerOperations(world),
      ...targetGroupOperations(world),
      ...targetOperations(world),
      ...listenerOperations(world),
      ...ruleOperations(world),
    },
    buckets,
    resource: (operation, input) => deniedResource(world.place, operation, input),
  }
}

/** Application Load Balancers whose listeners really listen, with their API. */
export function loadBalancing(options: LoadBalancingOptions): LoadBalancing {
  const state = new ElbState()
  const counter = new TrafficCounter()
  const audit = routingAudit()
  return {
    targetGroups: ecsTargetGroups(state),
    service: elbService({ letsIn: () => true, ...options, state, counter, violated: audit.violated }),
    counts: counter,
    async [Symbol.asyncDispose]() {
      const closing = [...state.loadBalancers.values()].map(closeLoadBalancer)
      for (const group of state.targetGroups.values()) group.pool[Symbol.dispose]()
      await Promise.all(closing)
      audit.check()
    },
  }
}
