import type { ElbState } from './elb-state.ts'
import { deregistrationDelay } from './pool-settings.ts'
import type { Target, TargetGroupLookup, TargetGroups, TargetHealth } from './targets.ts'

/** The target groups as the ECS scheduler uses them: no API calls, so no rate limits. Unknown ARNs throw TargetGroupNotFound, but for `find`, `health` and `deregister`. */
export function ecsTargetGroups(state: ElbState): TargetGroups & TargetGroupLookup {
  return {
    find(arn) {
      const group = state.targetGroups.get(arn)
      const loadBalancerArns = group && state.loadBalancersOf(group).map((balancer) => balancer.arn)
      return group && { targetType: group.targetType, loadBalancerArns: loadBalancerArns ?? [] }
    },
    register: (arn, target: Target) => state.targetGroup(arn).pool.register(target),
    // A group that was deleted meanwhile has no targets any more, which is what the caller wants.
    deregister: (arn, target) => state.targetGroups.get(arn)?.pool.deregister(target),
    health: (arn, target): TargetHealth | undefined => state.targetGroups.get(arn)?.pool.health(target),
    deregistrationDelay: (arn) => deregistrationDelay(state.targetGroup(arn)),
  }
}
