import type {
  Service,
  ServiceDeployment,
  ServiceDeploymentBrief,
  ServiceRevision,
  Task,
} from '../aws/ecs-model.ts'
import type { TargetHealth } from '../aws/elbv2.ts'
import type { JsonObject } from '../aws/json.ts'
import type { Registered } from './task-definition/register.ts'

/** What UpdateService is sent: only what the user gave. */
export interface ServiceUpdate {
  taskDefinition?: string
  forceNewDeployment?: boolean
  desiredCount?: number
}

/** The AWS calls that a release makes, bound to one service. Each is one operation, or all pages of one. */
export interface ReleaseCalls {
  /** Given up, as without an answer, when the signal says so. */
  service(within?: AbortSignal): Promise<Service>
  update(change: ServiceUpdate): Promise<Service>
  /** Those that have not ended, their rollbacks included; newest first. */
  unfinishedDeployments(): Promise<readonly ServiceDeploymentBrief[]>
  /** Newest first; of one status where it is given. */
  deploymentsSince(createdAfter: Date, status?: 'SUCCESSFUL'): Promise<readonly ServiceDeploymentBrief[]>
  deployment(arn: string): Promise<ServiceDeployment>
  /** Tells ECS to roll the deployment back; false when it had ended by then. */
  stop(arn: string): Promise<boolean>
  /** The same in one request, whatever becomes of its answer. */
  stopOnce(arn: string): Promise<boolean>
  revisions(arns: readonly string[]): Promise<readonly ServiceRevision[]>
  /** All tasks of the service, whichever deployment started them. */
  tasks(desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly Task[]>
  /** undefined when there is none of that name. */
  taskDefinition(name: string): Promise<Registered | undefined>
  register(body: JsonObject): Promise<Registered>
  /** Given up like `service`. */
  targets(targetGroupArn: string, within?: AbortSignal): Promise<readonly TargetHealth[]>
  /** The attributes of a target group by key; values are text. */
  targetGroupAttributes(targetGroupArn: string): Promise<ReadonlyMap<string, string>>
  /** The last lines of a log stream, oldest first; undefined when there is no such stream. */
  logTail(group: string, stream: string, lines: number): Promise<readonly string[] | undefined>
  /** The ARN of the identity whose credentials are used. */
  caller(): Promise<string>
}
