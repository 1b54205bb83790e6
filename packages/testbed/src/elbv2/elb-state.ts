import { checkArn } from './arns.ts'
import { notFound } from './errors.ts'
import type { Listener, LoadBalancer, Rule, TargetGroup } from './model.ts'

/** The target groups that a rule forwards to. */
export function groupsOf(rule: Rule): TargetGroup[] {
  return rule.action.kind === 'forward' ? rule.action.groups.map((weighted) => weighted.group) : []
}

/** All load balancers and target groups of the account. The finders throw AWS's errors. */
export class ElbState {
  readonly loadBalancers: Map<string, LoadBalancer> = new Map()
  readonly targetGroups: Map<string, TargetGroup> = new Map()

  loadBalancer(arn: string): LoadBalancer {
    checkArn('load balancer', arn)
    const found = this.loadBalancers.get(arn)
    if (found === undefined) throw notFound('LoadBalancerNotFound')
    return found
  }

  targetGroup(arn: string): TargetGroup {
    checkArn('target group', arn)
    const found = this.targetGroups.get(arn)
    if (found === undefined) throw notFound('TargetGroupNotFound')
    return found
  }

  listener(arn: string): Listener {
    checkArn('listener', arn)
    const found = this.#listeners().find((listener) => listener.arn === arn)
    if (found === undefined) throw notFound('ListenerNotFound')
    return found
  }

  rule(arn: string): { listener: Listener; rule: Rule } {
    checkArn('listener rule', arn)
    for (const listener of this.#listeners()) {
      const rule = listener.rules.find((one) => one.arn === arn)
      if (rule !== undefined) return { listener, rule }
    }
    throw notFound('RuleNotFound')
  }

  /** The load balancers whose listeners or rules use a group; a group has one at most. */
  loadBalancersOf(group: TargetGroup): LoadBalancer[] {
    return [...this.loadBalancers.values()].filter((loadBalancer) =>
      loadBalancer.listeners.some((listener) =>
        listener.rules.some((rule) => groupsOf(rule).includes(group)),
      ),
    )
  }

  /** To be called after each change of listeners and rules: targets of unused groups are neither probed nor routed to. */
  refreshUse(): void {
    for (const group of this.targetGroups.values()) group.pool.setUsed(this.loadBalancersOf(group).length > 0)
  }

  #listeners(): Listener[] {
    return [...this.loadBalancers.values()].flatMap((loadBalancer) => loadBalancer.listeners)
  }
}
