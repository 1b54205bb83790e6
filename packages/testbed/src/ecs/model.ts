import type { JsonObject } from '../wire/json.ts'

/*
 * The state of Amazon ECS as the scheduler changes it and the API shows it. Times are milliseconds since the epoch;
 * the API turns them into seconds. `raw` members hold what a caller submitted, unknown members included.
 */

export interface Cluster {
  arn: string
  name: string
  services: Map<string, Service>
  tasks: Map<string, Task>
  /** What CreateCluster gave beyond the name: settings, tags, unknown members. */
  raw?: JsonObject
  /** Set by DeleteCluster; AWS goes on describing a deleted cluster for a while. */
  inactive?: boolean
}

/** A registered task definition revision. */
export interface TaskDefinition {
  arn: string
  family: string
  revision: number
  status: 'ACTIVE' | 'INACTIVE'
  /** The normalised definition as RegisterTaskDefinition answered it, without `tags`. */
  raw: JsonObject
  tags: JsonObject[]
}

export interface CircuitBreaker {
  enable: boolean
  rollback: boolean
  resetOnHealthyTask: boolean
  threshold: { type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT'; value: number }
}

export interface ServiceLoadBalancer {
  targetGroupArn: string
  containerName: string
  containerPort: number
}

export interface Service {
  arn: string
  name: string
  cluster: Cluster
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  desiredCount: number
  earlierCount?: { desiredCount: number; createdAt: number }
  minimumHealthyPercent: number
  maximumPercent: number
  circuitBreaker: CircuitBreaker
  healthCheckGracePeriodSeconds: number
  loadBalancers: ServiceLoadBalancer[]
  /** What CreateService and UpdateService gave and nothing above models: network configuration, launch type, unknown members. */
  raw: JsonObject
  createdAt: number
  /** Newest first; at most 100. */
  events: ServiceEvent[]
  /** PRIMARY first, then older ones that still have tasks. */
  deployments: Deployment[]
  /** The history, newest first. */
  serviceDeployments: ServiceDeployment[]
  revisions: ServiceRevision[]
}

export interface ServiceEvent {
  id: string
  createdAt: number
  message: string
}

/** An entry of `deployments[]` (ecs-model.md 3.7). */
export interface Deployment {
  /** `ecs-svc/N` */
  id: string
  status: 'PRIMARY' | 'ACTIVE'
  revision: ServiceRevision
  taskDefinition: TaskDefinition
  desiredCount: number
  failedTasks: number
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutStateReason: string
  createdAt: number
  updatedAt: number
}

/** An immutable snapshot of what a deployment runs; its number is the deployment's. */
export interface ServiceRevision {
  /** `arn:aws:ecs:R:A:service-revision/CLUSTER/SERVICE/N` */
  arn: string
  number: string
  taskDefinition: TaskDefinition
  /** Container name → digest; absent until the first task of the deployment has resolved it (ecs-model.md 3.8). */
  digests: Map<string, string>
  loadBalancers: ServiceLoadBalancer[]
  /** Network configuration, launch type and the like at that moment. */
  raw: JsonObject
  createdAt: number
}

export type ServiceDeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOP_REQUESTED'
  | 'STOPPED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED'

/** An entry of the service deployments API (ecs-model.md 5). */
export interface ServiceDeployment {
  arn: string
  status: ServiceDeploymentStatus
  statusReason?: string
  target: ServiceRevision
  /** The revisions that ran when it began. */
  sources: ServiceRevision[]
  /** The service's `deploymentConfiguration` when it began, as it is shown; later changes of the service are not its own. */
  configuration: JsonObject
  breaker: {
    status: 'DISABLED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED'
    failureCount: number
    threshold: number
  }
  alarms: {
    status: 'DISABLED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED'
    names: string[]
    triggered: string[]
  }
  rollback?: { reason: string; startedAt: number; revision: ServiceRevision }
  /** Of the target and the sources at its end; until then the counts follow the tasks (ecs-model.md 5.2). */
  finalCounts?: ReadonlyMap<ServiceRevision, { requested: number; running: number; pending: number }>
  createdAt: number
  updatedAt: number
  startedAt?: number
  finishedAt?: number
  stoppedAt?: number
}

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED'

export type HealthStatus = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'

export interface Task {
  arn: string
  id: string
  /** `ecs-svc/N` */
  startedBy: string
  /** `service:NAME` */
  group: string
  service: Service
  taskDefinition: TaskDefinition
  lastStatus: TaskStatus
  desiredStatus: 'RUNNING' | 'STOPPED'
  healthStatus: HealthStatus
  /** Whether the scheduler counts it as running and healthy (ecs-model.md 3.3), as of its last look while it wanted the task. */
  countedHealthy?: boolean
  /** Since when its targets have been draining while it goes on running, before the scheduler stops it. */
  drainingSince?: number
  /** Where its network interface is. */
  subnet?: string
  /** The task's own loopback address, once it has one. */
  address?: string
  containers: Container[]
  stopCode?: string
  stoppedReason?: string
  version: number
  createdAt: number
  connectivityAt?: number
  pullStartedAt?: number
  pullStoppedAt?: number
  startedAt?: number
  stoppingAt?: number
  executionStoppedAt?: number
  stoppedAt?: number
}

export interface Container {
  arn: string
  name: string
  image: string
  imageDigest?: string
  runtimeId?: string
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  healthStatus: HealthStatus
  essential: boolean
  exitCode?: number
  reason?: string
}
