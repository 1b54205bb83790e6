import type { Task } from '../../aws/ecs-model.ts'
import type { TargetGroup, TargetHealth } from '../../aws/elbv2.ts'
import { aContainer, aService, aServiceDeployment, aTask, at, ours } from '../test-data.fixture.ts'
import { diagnose } from './diagnose.ts'
import type { Scene } from './observed.ts'

/** What was seen of a failing deployment, for tests of its diagnosis. */

const group = '(target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1)'

export function seen(change: Partial<Scene> & { events?: string[] } = {}): Scene {
  const { events = [], ...rest } = change
  return {
    deploymentId: ours,
    deployment: aServiceDeployment({ status: 'ROLLBACK_IN_PROGRESS' }),
    service: aService({
      events: events.map((message, id) => ({ id: String(id), createdAt: at(10), message })),
    }),
    targets: [],
    tasks: [],
    definition: { containerDefinitions: [{ name: 'app', image: 'repo:v2' }] },
    earlierEvents: new Set(),
    targetGroups: [],
    exposed: new Map(),
    lines: [],
    ...rest,
  }
}

export function stopped(id: string, stoppedReason: string, change: Partial<Task> = {}): Task {
  const end = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stoppedAt: at(60), stoppedReason }
  return aTask(id, {
    ...end,
    stopCode: 'ServiceSchedulerInitiated',
    containers: [aContainer({ exitCode: 143 })],
    ...change,
  })
}

export function pullFailure(reason: string, change: Partial<Task> = {}): Task {
  const never = {
    stopCode: 'TaskFailedToStart',
    startedAt: undefined,
    containers: [aContainer({ imageDigest: undefined, reason })],
  }
  return stopped('1', reason, { ...never, ...change })
}

export const target = (change: Partial<TargetHealth>): TargetHealth => ({
  id: '10.0.0.9',
  port: 3000,
  state: 'unhealthy',
  reason: 'Target.ResponseCodeMismatch',
  description: 'Health checks failed with these codes: [503]',
  ...change,
})

export const notFound: string =
  'CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref repo:v2: repo:v2: not found'

export const elb: string = `Task failed ELB health checks in ${group}`

export const unhealthy = (id: string): string =>
  `(service web) (task ${id}) (port 3000) is unhealthy in ${group} due to (reason Request timed out).`

export const codes = (observed: Scene): string[] => diagnose(observed).findings.map(({ code }) => code)

export const aTargetGroup: TargetGroup = {
  arn: 'tg',
  name: 'web',
  targetType: 'ip',
  healthCheckPort: 'traffic-port',
  healthCheckPath: '/health',
  matcher: '200-299',
  healthCheckTimeout: 5,
}

/** One running task whose target is found unhealthy, for this reason. */
export function failing(description: string, change: Partial<Scene> = {}): Scene {
  const tasks = [aTask('1', { address: '10.0.0.9' })]
  return seen({ tasks, targets: [target({ description })], targetGroups: [aTargetGroup], ...change })
}

/** Code and cause of the first finding. */
export const first = (scene: Scene): string => {
  const { cause, code } = diagnose(scene).findings[0]
  return `${code}: ${cause}`
}
