import type { HealthCheck } from '../balancer/health-check.ts'
import type { TargetPool } from '../balancer/target-pool.ts'

export type TargetType = 'ip' | 'instance'

export interface TargetGroup {
  arn: string
  name: string
  port: number
  vpcId: string
  targetType: TargetType
  healthCheck: HealthCheck
  /** As DescribeTargetGroupAttributes lists them. */
  attributes: Map<string, string>
  pool: TargetPool
}

export interface WeightedGroup {
  group: TargetGroup
  /** 0 to 999, relative to the others. */
  weight: number
}

export interface Forward {
  kind: 'forward'
  groups: WeightedGroup[]
  stickiness: { enabled: boolean; durationSeconds: number | undefined }
  /** Whose turn it is, by the weights; undefined when all are 0. */
  next(): TargetGroup | undefined
}

export interface FixedResponse {
  kind: 'fixed-response'
  status: number
  contentType: string
  body: string
}

export type Action = Forward | FixedResponse

export interface Condition {
  field: 'path-pattern' | 'host-header'
  values: string[]
}

export interface Rule {
  arn: string
  priority: number | 'default'
  /** All have to match; the default rule has none. */
  conditions: Condition[]
  action: Action
}

export interface Listener {
  arn: string
  loadBalancer: LoadBalancer
  port: number
  /** By priority, the default rule last. */
  rules: Rule[]
  /** Stops listening. */
  close(): Promise<void>
}

export interface LoadBalancer {
  arn: string
  name: string
  scheme: 'internet-facing' | 'internal'
  subnets: string[]
  securityGroups: string[]
  /** Milliseconds since the epoch. */
  createdAt: number
  /** The loopback address that it alone has. */
  address: string
  attributes: Map<string, string>
  listeners: Listener[]
  /** Gives the address back. */
  release(): Promise<void>
}
