import type { Bucket } from '../wire/service.ts'

/** All calls of the account draw on this one too. */
const account: Bucket = { name: 'elasticloadbalancing', burst: 40, perSecond: 10 }
const describing: Bucket = { name: 'elasticloadbalancing describe', burst: 40, perSecond: 10 }
const mutating: Bucket = { name: 'elasticloadbalancing mutate', burst: 20, perSecond: 3 }
const registering: Bucket = { name: 'elasticloadbalancing register', burst: 20, perSecond: 4 }
const provisioning: Bucket = { name: 'elasticloadbalancing create', burst: 10, perSecond: 0.2 }

function category(operation: string): Bucket {
  if (operation.startsWith('Describe')) return describing
  if (operation === 'RegisterTargets' || operation === 'DeregisterTargets') return registering
  if (operation === 'CreateLoadBalancer') return provisioning
  return mutating
}

/** Source: "Request throttling for the Elastic Load Balancing API". */
export function buckets(operation: string): readonly Bucket[] {
  return [category(operation), account]
}
