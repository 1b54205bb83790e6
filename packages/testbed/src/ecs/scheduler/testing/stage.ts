import { type Account, account } from '../../../account/account.ts'
import type { LogSink } from '../../../logs/log-sink.ts'
import type { AddressPool } from '../../../tasks/container.ts'
import { type VirtualClock, virtualClock } from '../../../time/virtual-clock.ts'
import type { JsonObject } from '../../../wire/json.ts'
import { defaultPlace } from '../../../wire/place.ts'
import type { Cluster, Service, Task, TaskDefinition } from '../../model.ts'
import { ecsScheduler } from '../ecs-scheduler.ts'
import type { Scheduler } from '../scheduler.ts'
import { defaultTimings, type Timings } from '../timings.ts'
import type { Behaviour } from './behaviour.ts'
import { type ScriptedImages, scriptedImages } from './scripted-images.ts'
import { type ScriptedRuntime, scriptedRuntime } from './scripted-runtime.ts'
import { type ScriptedTargets, scriptedTargets } from './scripted-targets.ts'

/** The scheduler on virtual time with everything around it scripted. */
export interface Stage extends AsyncDisposable {
  account: Account
  clock: VirtualClock
  scheduler: Scheduler
  cluster: Cluster
  images: ScriptedImages
  runtime: ScriptedRuntime
  targets: ScriptedTargets
  /** Log lines as `GROUP STREAM LINE`. */
  lines: string[]
  groups: Set<string>
  /** Addresses that are in use. */
  addresses: Set<string>
  violations: Error[]
  /** Steps so far. */
  readonly steps: number
  /** A service that is already created and deploys the task definition. */
  create(taskDefinition: TaskDefinition, settings?: Partial<Service>): Service
  /** Pushes an image that behaves so under a new tag and registers a task definition of one container with it. */
  release(behaviour: Behaviour, container?: JsonObject): TaskDefinition
  /** Waits until the condition holds, looking every second; throws after `seconds`. */
  until(condition: () => boolean, seconds?: number): Promise<void>
}

export const targetGroup =
  'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/0123456789abcdef'
export const behindBalancer: Pick<Service, 'loadBalancers'> = {
  loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'app', containerPort: 8080 }],
}

export function stage(options: { timings?: Partial<Timings>; delay?: number } = {}): Stage {
  const clock = virtualClock()
  const images = scriptedImages()
  const runtime = scriptedRuntime(clock, images)
  const targets = scriptedTargets(clock, options.delay ?? 30, runtime.at)
  const surroundings = account(defaultPlace)
  const cluster: Cluster = { arn: 'cluster', name: 'demo', services: new Map(), tasks: new Map() }
  const { pool, addresses } = scriptedAddresses()
  const { sink, lines, groups } = scriptedLogs()
  const violations: Error[] = []
  let steps = 0
  const scheduler = ecsScheduler({
    account: surroundings,
    clock,
    runtime,
    images,
    targetGroups: targets,
    logs: sink,
    place: defaultPlace,
    timings: { ...defaultTimings, ...options.timings },
    addresses: pool,
    onStep: () => void steps++,
    onViolation: (violation) => void violations.push(violation),
  })
  return {
    account: surroundings,
    clock,
    scheduler,
    cluster,
    images,
    runtime,
    targets,
    lines,
    groups,
    addresses,
    violations,
    get steps() {
      return steps
    },
    create: creates(scheduler, cluster, clock),
    release: releases(images),
    until: (condition, seconds = 3600) => until(clock, condition, seconds),
    [Symbol.asyncDispose]: () => scheduler[Symbol.asyncDispose](),
  }
}

function creates(scheduler: Scheduler, cluster: Cluster, clock: VirtualClock): Stage['create'] {
  return (definition, settings = {}) => {
    const service = newService(cluster, clock.now(), settings)
    scheduler.createService(service, definition)
    return service
  }
}

function releases(images: ScriptedImages): Stage['release'] {
  let revision = 0
  return (behaviour, container = {}) => {
    revision += 1
    images.push(`web:v${revision}`, behaviour)
    return taskDefinition(revision, [{ name: 'app', image: `web:v${revision}`, ...container }])
  }
}

function scriptedAddresses(): { pool: AddressPool; addresses: Set<string> } {
  const addresses = new Set<string>()
  let next = 1
  const take = (): string => {
    const address = `address-${next++}`
    addresses.add(address)
    return address
  }
  return { pool: { take, release: (address) => void addresses.delete(address) }, addresses }
}

function scriptedLogs(): { sink: LogSink; lines: string[]; groups: Set<string> } {
  const lines: string[] = []
  const groups = new Set<string>()
  const sink: LogSink = {
    hasGroup: (group) => groups.has(group),
    createGroup: (group) => void groups.add(group),
    write: (group, stream, line) => void lines.push(`${group} ${stream} ${line}`),
  }
  return { sink, lines, groups }
}

/** A task definition as RegisterTaskDefinition keeps it. */
export function taskDefinition(revision: number, containerDefinitions: JsonObject[]): TaskDefinition {
  const arn = `arn:aws:ecs:us-east-1:111122223333:task-definition/web:${revision}`
  return { arn, family: 'web', revision, status: 'ACTIVE', raw: { containerDefinitions }, tags: [] }
}

function newService(cluster: Cluster, createdAt: number, settings: Partial<Service>): Service {
  const service: Service = {
    arn: 'service',
    name: 'web',
    cluster,
    status: 'ACTIVE',
    desiredCount: 2,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    circuitBreaker: {
      enable: true,
      rollback: true,
      resetOnHealthyTask: true,
      threshold: { type: 'BOUNDED_PERCENT', value: 50 },
    },
    healthCheckGracePeriodSeconds: 0,
    loadBalancers: [],
    raw: { launchType: 'FARGATE' },
    createdAt,
    events: [],
    deployments: [],
    serviceDeployments: [],
    revisions: [],
    ...settings,
  }
  cluster.services.set(service.name, service)
  return service
}

/** The tasks of a service that are not STOPPED. */
export function liveTasks(service: Service): Task[] {
  return [...service.cluster.tasks.values()].filter(
    (task) => task.service === service && task.lastStatus !== 'STOPPED',
  )
}

/** Events oldest first, with `web`'s prefix, task ids and deployment ids taken out. */
export function story(service: Service): string[] {
  return service.events
    .map(({ message }) => message)
    .reverse()
    .map((message) =>
      message
        .replace(/^\(service \S+\) /, '')
        .replaceAll(/\(task [0-9a-f]{32}\)/g, '(task T)')
        .replaceAll(/ecs-svc\/\d+/g, 'ecs-svc/N'),
    )
}

async function until(clock: VirtualClock, condition: () => boolean, seconds: number): Promise<void> {
  for (let waited = 0; !condition(); waited++) {
    if (waited >= seconds) throw new Error(`still not so after ${seconds} s`)
    await clock.advance(1)
  }
}
