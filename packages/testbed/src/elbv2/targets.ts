/** A target as ECS registers it for an awsvpc task: the task's address and container port. */
export interface Target {
  id: string
  port: number
}

/** A target's health as DescribeTargetHealth words it (aws-model.md 2.5). */
export interface TargetHealth {
  target: Target
  state: 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining'
  reason?: string
  description?: string
}

/** A target group as the ECS API looks at it. */
export interface FoundTargetGroup {
  targetType: 'ip' | 'instance'
  /** Of those whose listeners or rules forward to it. */
  loadBalancerArns: readonly string[]
}

/** What the ECS API needs of the load balancer. */
export interface TargetGroupLookup {
  /** undefined for an ARN of no target group. */
  find(targetGroupArn: string): FoundTargetGroup | undefined
}

/** What the ECS scheduler needs of the load balancer. ECS draws on rate buckets of its own, so these are not API calls. */
export interface TargetGroups {
  register(targetGroupArn: string, target: Target): void
  /** Begins draining; the target leaves the list when the deregistration delay is over. */
  deregister(targetGroupArn: string, target: Target): void
  /** undefined once the target is neither registered nor draining. */
  health(targetGroupArn: string, target: Target): TargetHealth | undefined
  /** Seconds. */
  deregistrationDelay(targetGroupArn: string): number
}
