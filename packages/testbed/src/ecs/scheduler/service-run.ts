import type { Placement } from '../../account/network.ts'
import type { Target } from '../../elbv2/targets.ts'
import type { RunningContainer } from '../../tasks/container.ts'
import type { Deployment, Service, ServiceDeployment, Task } from '../model.ts'
import type { TaskEnd } from './circuit-breaker.ts'
import type { ContainerDefinition } from './container-definition.ts'
import type { Verdict } from './service-health.ts'

/** The scheduler's own notes on a deployment, beside what the API shows of it. */
export interface DeploymentRun {
  deployment: Deployment
  containers: ContainerDefinition[]
  /** What its tasks run on, as images name it. */
  architecture: 'amd64' | 'arm64'
  /** The service deployment that this deployment currently serves: its own, or the one it rolls back. */
  serviceDeployment: ServiceDeployment
  /** Whether a task of it has reached RUNNING, which is where the second stage of the circuit breaker begins. */
  hasRun: boolean
  /** Whether it was the service's successful deployment, so that its tasks are worth replacing while it is being replaced. */
  proven: boolean
  failedResolutions: number
  launchFailures: number
  /** When the last launch failed; undefined when none has since a task ran. */
  launchFailedAt: number | undefined
  /** Unhealthy tasks that had to be stopped before there was room to replace them. */
  owedReplacements: number
  /** Since when all its tasks serve and no others, where it has to bake. */
  completeSince?: number
}

/** A task and what only the scheduler knows of it. */
export interface TaskRun {
  task: Task
  of: DeploymentRun
  /** undefined for a task without a network interface of its own. */
  placement: Placement | undefined
  /** The values of `secrets` by container and name, once they have been fetched. */
  secrets: Map<string, Record<string, string>>
  running: Map<string, RunningContainer>
  /** Cancels what the task's life is waiting for. */
  waiting: Set<() => void>
  registered: boolean
  /** Its pull failed before the deployment knew the digest. */
  unresolved: boolean
  verdict: Verdict
  /** Set with `desiredStatus` STOPPED. */
  end?: TaskEnd
}

/** Everything that one service needs. */
export interface ServiceRun {
  service: Service
  deployments: DeploymentRun[]
  /** Tasks whose end has not yet been taken into account. */
  tasks: Set<TaskRun>
  /** The deployment that was COMPLETED last: where a rollback goes if it still is. */
  lastCompleted: Deployment | undefined
  steadySince: number | undefined
  /** Targets that came and went since the last pass, per target group, for its events. */
  registered: Map<string, number>
  deregistered: Map<string, number>
  cancelPass: () => void
}

export function serviceRun(service: Service): ServiceRun {
  return {
    service,
    deployments: [],
    tasks: new Set(),
    lastCompleted: undefined,
    steadySince: undefined,
    registered: new Map(),
    deregistered: new Map(),
    cancelPass: () => {},
  }
}

/** The run of the PRIMARY deployment. */
export function primaryOf(run: ServiceRun): DeploymentRun {
  const primary = run.deployments.find(({ deployment }) => deployment.status === 'PRIMARY')
  if (!primary) throw new Error(`${run.service.name} has no PRIMARY deployment`)
  return primary
}

/** Where a task is registered: one target per load balancer of its revision. */
export function targetsOf(life: TaskRun): { targetGroupArn: string; target: Target }[] {
  const { address } = life.task
  if (address === undefined) return []
  return life.of.deployment.revision.loadBalancers.map(({ targetGroupArn, containerPort }) => ({
    targetGroupArn,
    target: { id: address, port: containerPort },
  }))
}
