import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type DescribeTargetGroupsCommandOutput,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { call, givenUpBy } from './call.ts'
import { present } from './present.ts'

type SdkTargetGroup = NonNullable<DescribeTargetGroupsCommandOutput['TargetGroups']>[number]

/** What the load balancer thinks of one target. Reason and description are absent for healthy ones. */
export interface TargetHealth {
  /** An IP address, or an instance id. */
  id: string
  port: number | undefined
  /** `initial`, `healthy`, `unhealthy`, `unused`, `draining`, `unavailable`, or a word that AWS has added since. */
  state: string
  /** `Target.ResponseCodeMismatch` and its like. */
  reason: string | undefined
  /** A sentence of AWS: `Health checks failed with these codes: [503]`. */
  description: string | undefined
}

/** How a target group has its targets checked. */
export interface TargetGroup {
  arn: string
  name: string
  /** `ip`, `instance`, `lambda` or `alb`. */
  targetType: string
  /** `traffic-port`, the port of each target, or a number. */
  healthCheckPort: string
  healthCheckPath: string
  /** Status codes that pass: `200`, `200,202` or `200-299`. */
  matcher: string
  /** Seconds. */
  healthCheckTimeout: number
}

/** Target groups by their ARNs, in no particular order. Throws `not-found` when one of them does not exist. */
export function describeTargetGroups(
  elbv2: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<TargetGroup[]> {
  return call(
    'elasticloadbalancing:DescribeTargetGroups',
    `read the target groups ${arns.join(', ')}`,
    async () => {
      const answer = await elbv2.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] }))
      return (answer.TargetGroups ?? []).map(targetGroupOf)
    },
  )
}

/** Registered and draining targets. */
export function describeTargetHealth(
  elbv2: ElasticLoadBalancingV2Client,
  targetGroupArn: string,
  abortSignal?: AbortSignal,
): Promise<TargetHealth[]> {
  return call(
    'elasticloadbalancing:DescribeTargetHealth',
    `read the target health of ${targetGroupArn}`,
    async () => {
      const answer = await elbv2.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
        givenUpBy(abortSignal),
      )
      return (answer.TargetHealthDescriptions ?? []).map(targetHealthOf)
    },
  )
}

/** All attributes by key, such as `deregistration_delay.timeout_seconds`; the values are text. */
export function describeTargetGroupAttributes(
  elbv2: ElasticLoadBalancingV2Client,
  targetGroupArn: string,
): Promise<ReadonlyMap<string, string>> {
  const action = 'elasticloadbalancing:DescribeTargetGroupAttributes'
  return call(action, `read the attributes of ${targetGroupArn}`, async () => {
    const answer = await elbv2.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn }),
    )
    return new Map(
      (answer.Attributes ?? []).map(({ Key, Value }) => [
        present(Key, 'TargetGroupAttribute.Key'),
        Value ?? '',
      ]),
    )
  })
}

/** Defaults: ELBv2 API reference, CreateTargetGroup. */
function targetGroupOf(group: SdkTargetGroup): TargetGroup {
  return {
    arn: present(group.TargetGroupArn, 'TargetGroup.TargetGroupArn'),
    name: present(group.TargetGroupName, 'TargetGroup.TargetGroupName'),
    targetType: group.TargetType ?? 'instance',
    // A group without health checks, as some for Lambda functions are, has no port for them.
    healthCheckPort: group.HealthCheckPort ?? 'traffic-port',
    healthCheckPath: group.HealthCheckPath ?? '/',
    matcher: group.Matcher?.HttpCode ?? '200',
    healthCheckTimeout: group.HealthCheckTimeoutSeconds ?? 5,
  }
}

function targetHealthOf({ Target, TargetHealth }: TargetHealthDescription): TargetHealth {
  return {
    id: present(Target?.Id, 'TargetDescription.Id'),
    port: Target?.Port,
    state: present(TargetHealth?.State, 'TargetHealth.State'),
    reason: TargetHealth?.Reason,
    description: TargetHealth?.Description,
  }
}
