import type { PoolSettings } from '../balancer/target-pool.ts'
import type { TargetGroup } from './model.ts'

const routing = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets'

/** Seconds. */
export function deregistrationDelay({ attributes }: Pick<TargetGroup, 'attributes'>): number {
  return Number(attributes.get('deregistration_delay.timeout_seconds'))
}

/** What a pool reads from its group each time, so that Modify calls take effect at once. */
export function poolSettings(group: Pick<TargetGroup, 'attributes' | 'healthCheck'>): PoolSettings {
  return {
    healthCheck: () => group.healthCheck,
    deregistrationDelay: () => deregistrationDelay(group),
    algorithm: () =>
      group.attributes.get('load_balancing.algorithm.type') === 'least_outstanding_requests'
        ? 'least_outstanding_requests'
        : 'round_robin',
    minimumHealthy: () => {
      const count = Number(group.attributes.get(`${routing}.count`))
      const percent = group.attributes.get(`${routing}.percentage`) ?? 'off'
      return percent === 'off' ? { count } : { count, percent: Number(percent) }
    },
  }
}
