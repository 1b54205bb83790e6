import { mock } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Service as SdkService } from '@aws-sdk/client-ecs'
import { type Clock, type Service, type ServiceDeployment, watch } from '@ecs-release/core'
import { waitBySdk } from './sdk-waiter.ts'

const minute = 60_000
const lengths = [2, 4, 5, 7, 10, 20, 24] as const
/** Of each length; they end at a random moment of its last half minute. */
const deployments = 100
/** The time-out that amazon-ecs-deploy-task-definition has by default, and its first pause. */
const waiter = { maxWaitTime: 30 * 60, minDelay: 15 } as const
const step = 250

interface Seen {
  /** Milliseconds after the end of the deployment; undefined for a time-out. */
  delay: number | undefined
}

/**
 * How long after the end of a deployment our wait and the SDK's own waiter notice it. The waiter takes no clock, so Node's mock
 * timers stand in for the time of this process, for both alike.
 */
export async function detection(): Promise<string[]> {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 0, 5, 12) })
  try {
    const rows = lengths.map((length) => ({ length, ends: endsOf(length) }))
    const runs = rows.map(async ({ length, ends }) => {
      const all = [ends.map(followed), ends.map(waited)].map((each) => Promise.all(each))
      const [ours = [], theirs = []] = await Promise.all(all)
      return { length, ours, theirs }
    })
    const measured = await passing(Promise.all(runs))
    return measured.map(({ length, ours, theirs }) => line(length, ours, theirs))
  } finally {
    mock.timers.reset()
  }
}

function endsOf(length: number): number[] {
  return Array.from({ length: deployments }, () => length * minute - Math.round(Math.random() * (minute / 2)))
}

/** Lets virtual time pass until the work is done. */
async function passing<T>(work: Promise<T>): Promise<T> {
  let over = false
  const done = work.finally(() => {
    over = true
  })
  while (!over) {
    await nextTurn()
    mock.timers.tick(step)
  }
  return done
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

async function followed(length: number): Promise<Seen> {
  const startedAt = Date.now()
  const endsAt = startedAt + length
  const end = await watch({
    calls: {
      deployment: async () => deploymentAt(Date.now() >= endsAt),
      service: async () => service,
      targets: async () => [],
    },
    clock,
    service,
    deploymentArn: 'arn',
    startedAt,
    deadline: startedAt + waiter.maxWaitTime * 1000,
    until: 'completed',
    observer: { look() {}, async failing() {}, trouble() {} },
  })
  return { delay: end.kind === 'ended' ? Date.now() - endsAt : undefined }
}

async function waited(length: number): Promise<Seen> {
  const endsAt = Date.now() + length
  const ended = await waitBySdk(() => stateOf(Date.now() >= endsAt), waiter)
  return { delay: ended === 'stable' ? Date.now() - endsAt : undefined }
}

function stateOf(stable: boolean): SdkService {
  const deployments = stable ? [{ id: 'ecs-svc/2' }] : [{ id: 'ecs-svc/2' }, { id: 'ecs-svc/1' }]
  return { status: 'ACTIVE', desiredCount: 2, runningCount: 2, deployments }
}

function line(length: number, ours: readonly Seen[], theirs: readonly Seen[]): string {
  const [we, they] = [summaryOf(ours), summaryOf(theirs)]
  const ratio = (they.mean / we.mean).toFixed(0)
  const wrong =
    they.timedOut === 0 ? '' : `; it gave up ${they.timedOut} of ${theirs.length} before their time`
  return `${length} min: ours ${we.text}, waitUntilServicesStable ${they.text}, ${ratio} × (mean)${wrong}`
}

function summaryOf(seen: readonly Seen[]): { mean: number; text: string; timedOut: number } {
  const delays = seen.flatMap(({ delay }) => delay ?? []).toSorted((one, other) => one - other)
  const mean = delays.reduce((sum, each) => sum + each, 0) / delays.length
  const p95 = delays[Math.ceil(delays.length * 0.95) - 1] ?? Number.NaN
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`
  return { mean, text: `${seconds(mean)} (p95 ${seconds(p95)})`, timedOut: seen.length - delays.length }
}

function deploymentAt(over: boolean): ServiceDeployment {
  return {
    arn: 'arn',
    status: over ? 'SUCCESSFUL' : 'IN_PROGRESS',
    statusReason: undefined,
    targetServiceRevisionArn: 'revision/2',
    sourceServiceRevisionArns: [],
    requestedTaskCount: 2,
    runningTaskCount: 2,
    pendingTaskCount: 0,
    createdAt: new Date(0),
    startedAt: new Date(0),
    finishedAt: undefined,
    circuitBreaker: undefined,
    rollback: undefined,
    alarms: undefined,
  }
}

const service: Service = {
  arn: 'service/prod/web',
  name: 'web',
  clusterArn: 'cluster/prod',
  clusterName: 'prod',
  status: 'ACTIVE',
  taskDefinitionArn: 'web:2',
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  deploymentController: 'ECS',
  schedulingStrategy: 'REPLICA',
  deploymentStrategy: 'ROLLING',
  launchType: 'FARGATE',
  capacityProviders: [],
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  circuitBreaker: { enabled: true, rollback: true },
  loadBalancers: [],
  healthCheckGracePeriod: 0,
  deployments: [],
  events: [],
}
