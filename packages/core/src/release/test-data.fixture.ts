import { ActionError } from '../action/action-error.ts'
import type {
  Deployment,
  Service,
  ServiceDeployment,
  ServiceRevision,
  Task,
  TaskContainer,
} from '../aws/ecs-model.ts'

/** Answers of Amazon ECS for tests: a service `web` whose deployment 2 replaces deployment 1. Each takes what differs. */

export const account = 'arn:aws:ecs:us-east-1:111122223333'
export const created: Date = new Date('2026-10-01T12:00:00Z')
/** Of today. Source: API reference, ServiceDeployment, `status`. */
export const everyStatus = [
  'PENDING',
  'IN_PROGRESS',
  'SUCCESSFUL',
  'STOP_REQUESTED',
  'STOPPED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
] as const

export const ours = 'ecs-svc/2'
export const older = 'ecs-svc/1'
export const goodDigest: string = `sha256:${'a'.repeat(64)}`
export const otherDigest: string = `sha256:${'b'.repeat(64)}`

/** `seconds` after the deployment was created. */
export function at(seconds: number): Date {
  return new Date(created.getTime() + seconds * 1000)
}

export function aDeployment(change: Partial<Deployment> = {}): Deployment {
  return {
    id: ours,
    status: 'PRIMARY',
    taskDefinitionArn: `${account}:task-definition/web:2`,
    desiredCount: 2,
    runningCount: 0,
    pendingCount: 2,
    failedTasks: 0,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: undefined,
    createdAt: created,
    network: { subnets: ['subnet-1'], securityGroups: ['sg-1'], publicAddress: false },
    ...change,
  }
}

export function aService(change: Partial<Service> = {}): Service {
  return {
    arn: `${account}:service/prod/web`,
    name: 'web',
    clusterArn: `${account}:cluster/prod`,
    clusterName: 'prod',
    status: 'ACTIVE',
    taskDefinitionArn: `${account}:task-definition/web:2`,
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    deploymentController: 'ECS',
    schedulingStrategy: 'REPLICA',
    launchType: 'FARGATE',
    capacityProviders: [],
    deploymentStrategy: 'ROLLING',
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    circuitBreaker: { enabled: true, rollback: true },
    healthCheckGracePeriod: 0,
    loadBalancers: [{ targetGroupArn: 'tg', containerName: 'app', containerPort: 3000 }],
    deployments: [aDeployment()],
    events: [],
    ...change,
  }
}

export function revisionArn(number: number): string {
  return `${account}:service-revision/prod/web/${number}`
}

export function aServiceDeployment(change: Partial<ServiceDeployment> = {}): ServiceDeployment {
  return {
    arn: `${account}:service-deployment/prod/web/abc`,
    status: 'IN_PROGRESS',
    statusReason: undefined,
    targetServiceRevisionArn: revisionArn(2),
    sourceServiceRevisionArns: [revisionArn(1)],
    requestedTaskCount: 2,
    runningTaskCount: 0,
    pendingTaskCount: 2,
    createdAt: created,
    startedAt: created,
    finishedAt: undefined,
    circuitBreaker: { status: 'MONITORING', failureCount: 0, threshold: 3 },
    rollback: undefined,
    alarms: undefined,
    ...change,
  }
}

export function aRevision(change: Partial<ServiceRevision> = {}): ServiceRevision {
  return {
    arn: revisionArn(2),
    taskDefinitionArn: `${account}:task-definition/web:2`,
    containerImages: [{ containerName: 'app', image: 'repo:v2', digest: goodDigest }],
    ...change,
  }
}

export function aContainer(change: Partial<TaskContainer> = {}): TaskContainer {
  return {
    name: 'app',
    image: 'repo:v2',
    imageDigest: goodDigest,
    lastStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    exitCode: undefined,
    reason: undefined,
    ...change,
  }
}

export function aTask(id: string, change: Partial<Task> = {}): Task {
  return {
    arn: `${account}:task/prod/${id}`,
    id,
    startedBy: ours,
    taskDefinitionArn: `${account}:task-definition/web:2`,
    address: undefined,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    stopCode: undefined,
    stoppedReason: undefined,
    createdAt: created,
    startedAt: at(20),
    stoppingAt: undefined,
    stoppedAt: undefined,
    containers: [aContainer()],
    ...change,
  }
}

/** A task whose container ended by itself 10 seconds after its start. */
export function aCrashedTask(id: string, exitCode: number, change: Partial<Task> = {}): Task {
  return aTask(id, {
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppingAt: at(30),
    stoppedAt: at(30),
    containers: [aContainer({ lastStatus: 'STOPPED', exitCode })],
    ...change,
  })
}

export const throttled: ActionError = new ActionError('throttled', 'Rate exceeded')
export const denied: ActionError = new ActionError('access-denied', 'not authorized')
