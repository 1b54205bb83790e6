/*
 * Our own view of Amazon ECS's answers: only what the actions use, without `undefined` soup. Dates are Date objects from
 * the server's clock. Free text (reasons, events) is foreign and must be made inert before it is shown.
 * Source: the Amazon ECS API reference of the operation with the same name.
 */

export interface Service {
  arn: string
  name: string
  clusterArn: string
  clusterName: string
  status: string
  taskDefinitionArn: string
  desiredCount: number
  runningCount: number
  pendingCount: number
  /** `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  deploymentController: string
  /** `REPLICA` or `DAEMON`. */
  schedulingStrategy: string
  /** `EC2`, `FARGATE` or `EXTERNAL`; undefined where capacity providers decide. */
  launchType: string | undefined
  capacityProviders: readonly string[]
  /** `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`. */
  deploymentStrategy: string
  /** Percent. */
  minimumHealthyPercent: number | undefined
  maximumPercent: number | undefined
  circuitBreaker: { enabled: boolean; rollback: boolean }
  /** Seconds; 0 where it is not set. */
  healthCheckGracePeriod: number
  loadBalancers: readonly { targetGroupArn: string; containerName: string; containerPort: number }[]
  /** PRIMARY first. */
  deployments: readonly Deployment[]
  /** Newest first. */
  events: readonly ServiceEvent[]
}

export interface Deployment {
  /** `ecs-svc/N` */
  id: string
  status: string
  taskDefinitionArn: string
  desiredCount: number
  runningCount: number
  pendingCount: number
  failedTasks: number
  /** Absent behind a Classic Load Balancer. */
  rolloutState: string | undefined
  rolloutStateReason: string | undefined
  createdAt: Date
  /** undefined for tasks without a network interface of their own. */
  network: TaskNetwork | undefined
}

/** Where the network interfaces of tasks are. */
export interface TaskNetwork {
  subnets: readonly string[]
  securityGroups: readonly string[]
  publicAddress: boolean
}

export interface ServiceEvent {
  id: string
  createdAt: Date
  message: string
}

export interface ServiceDeploymentBrief {
  arn: string
  status: string
  targetServiceRevisionArn: string
  createdAt: Date
}

export interface ServiceDeployment {
  arn: string
  /** A ServiceDeploymentStatus, or a word that AWS has added since. */
  status: string
  statusReason: string | undefined
  targetServiceRevisionArn: string
  sourceServiceRevisionArns: readonly string[]
  requestedTaskCount: number
  runningTaskCount: number
  pendingTaskCount: number
  createdAt: Date
  startedAt: Date | undefined
  finishedAt: Date | undefined
  circuitBreaker: { status: string; failureCount: number; threshold: number } | undefined
  rollback: { reason: string | undefined; serviceRevisionArn: string | undefined } | undefined
  alarms: { status: string; triggered: readonly string[] } | undefined
}

export interface ServiceRevision {
  arn: string
  taskDefinitionArn: string
  containerImages: readonly { containerName: string; image: string; digest: string | undefined }[]
}

export interface Task {
  arn: string
  /** The last part of the ARN. */
  id: string
  /** `ecs-svc/N` for tasks of a service. */
  startedBy: string | undefined
  taskDefinitionArn: string
  /** Private IPv4 address in network mode awsvpc, once the task has its network interface. */
  address: string | undefined
  lastStatus: string
  desiredStatus: string
  healthStatus: string
  stopCode: string | undefined
  stoppedReason: string | undefined
  createdAt: Date | undefined
  startedAt: Date | undefined
  /** When it was decided that the task stops. */
  stoppingAt: Date | undefined
  stoppedAt: Date | undefined
  containers: readonly TaskContainer[]
}

export interface TaskContainer {
  name: string
  image: string
  imageDigest: string | undefined
  lastStatus: string
  healthStatus: string
  /** Absent when the container never ran. */
  exitCode: number | undefined
  reason: string | undefined
}
