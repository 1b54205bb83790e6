import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2'

const listenerPort = 8080

export interface LoadBalancerOptions {
  /** The target group's own port, which targets with a port of their own do not care about; the container's unless it is set. */
  targetGroupPort?: number
  /** `ip` unless set, as tasks in network mode awsvpc need it. */
  targetType?: 'ip' | 'instance'
  healthCheckPath: string
  /** Seconds. */
  healthCheckInterval: number
  healthyThreshold: number
  unhealthyThreshold: number
  /** Seconds. */
  deregistrationDelay: number
}

/** An application load balancer with one listener that forwards to one target group. */
export async function createLoadBalancer(
  elbv2: ElasticLoadBalancingV2,
  name: string,
  options: LoadBalancerOptions,
  containerPort: number,
): Promise<{ targetGroupArn: string; url: string }> {
  const balancers = await elbv2.createLoadBalancer({
    Name: name,
    Subnets: ['subnet-0a1b2c3d', 'subnet-1b2c3d4e'],
  })
  const balancer = balancers.LoadBalancers?.[0]
  const groups = await elbv2.createTargetGroup({
    Name: name,
    Protocol: 'HTTP',
    Port: options.targetGroupPort ?? containerPort,
    VpcId: 'vpc-0a1b2c3d',
    TargetType: options.targetType ?? 'ip',
    HealthCheckPath: options.healthCheckPath,
    HealthCheckIntervalSeconds: options.healthCheckInterval,
    HealthCheckTimeoutSeconds: Math.max(2, Math.min(5, options.healthCheckInterval - 1)),
    HealthyThresholdCount: options.healthyThreshold,
    UnhealthyThresholdCount: options.unhealthyThreshold,
  })
  const targetGroupArn = groups.TargetGroups?.[0]?.TargetGroupArn ?? ''
  await elbv2.modifyTargetGroupAttributes({
    TargetGroupArn: targetGroupArn,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: String(options.deregistrationDelay) }],
  })
  await elbv2.createListener({
    LoadBalancerArn: balancer?.LoadBalancerArn ?? '',
    Port: listenerPort,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
  })
  return { targetGroupArn, url: `http://${balancer?.DNSName}:${listenerPort}` }
}
