/** The account and region whose resources the testbed holds; every ARN is made from it. */
export interface Place {
  accountId: string
  region: string
  /** `aws`, or `aws-cn`, `aws-us-gov` where the resources live there. */
  partition: string
}

/** The account number that AWS's own documentation uses, so that nobody takes an ARN for a real one. */
export const defaultPlace: Place = { accountId: '111122223333', region: 'us-east-1', partition: 'aws' }

/**
 * An ARN of a regional resource, e.g. `arn(place, 'ecs', 'cluster/default')`.
 * Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
 */
export function arn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`
}
