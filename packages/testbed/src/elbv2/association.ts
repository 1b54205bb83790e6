import { ServiceError } from '../wire/service-error.ts'
import type { ElbState } from './elb-state.ts'
import type { Action, LoadBalancer } from './model.ts'

/** A target group serves one load balancer only. Source: "Quotas for your Application Load Balancers". */
export function checkAssociation(state: ElbState, action: Action, loadBalancer: LoadBalancer): void {
  if (action.kind !== 'forward') return
  const taken = action.groups
    .map(({ group }) => group)
    .filter((group) => state.loadBalancersOf(group).some((other) => other !== loadBalancer))
  if (taken.length === 0) return
  throw new ServiceError(
    'TargetGroupAssociationLimit',
    'The following target groups cannot be associated with more than one load balancer: ' +
      taken.map((group) => group.arn).join(', '),
  )
}
