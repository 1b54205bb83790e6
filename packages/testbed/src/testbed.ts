import { type Account, account } from './account/account.ts'
import { type Ecr, startEcr } from './ecr/ecr.ts'
import { ecsService } from './ecs/ecs-service.ts'
import { ecsScheduler } from './ecs/scheduler/ecs-scheduler.ts'
import { defaultTimings, type Timings } from './ecs/scheduler/timings.ts'
import { ecsState } from './ecs/state.ts'
import { type Consistency, scaledConsistency, visibility } from './ecs/views/visibility.ts'
import { loadBalancing } from './elbv2/load-balancing.ts'
import { type ImageRegistry, imageRegistry, type ReportedDigest } from './images/registry.ts'
import { logGroups } from './logs/log-groups.ts'
import { logsService } from './logs/logs-service.ts'
import { type Clients, clientsFor } from './stack/clients.ts'
import { stsService } from './sts/sts-service.ts'
import type { ContainerRuntime } from './tasks/container.ts'
import { dockerRuntime } from './tasks/docker-runtime.ts'
import { loopbackAddresses } from './tasks/loopback-addresses.ts'
import { processRuntime } from './tasks/process-runtime.ts'
import type { Clock } from './time/clock.ts'
import { scaledClock } from './time/scaled-clock.ts'
import type { CallLog } from './wire/call-log.ts'
import { type Credentials, credentials } from './wire/credentials.ts'
import { type Faults, faults } from './wire/faults.ts'
import { defaultPlace as place } from './wire/place.ts'
import { startWireServer } from './wire/server.ts'
import type { Service } from './wire/service.ts'

export interface TestbedOptions {
  /** AWS's own durations are divided by this; 1 is AWS's own pace. */
  timeScale: number
  /** false lets the load balancer trust every registered target. */
  healthChecks?: boolean
  /** Whether the rate limits of the account apply; they do unless switched off. */
  throttling?: boolean
  /**
   * What a task's container is: a process unpacked from its image (the default), or a container of this machine's
   * engine, for images that bring their own system (ask hasDocker() first), or what a test of waits makes of it.
   */
  tasks?: 'processes' | 'containers' | ContainerRuntime
  /** In place of a clock of `timeScale`: a virtual one, for tests of waits in the process of the test. */
  clock?: Clock
  /** Which digest ECS reports of an index that it runs; the index's own unless set. */
  reportedDigest?: ReportedDigest
  /** Seconds of AWS time until a line that a task has written can be read in CloudWatch Logs; 2 unless set. */
  logDelay?: number
  /** For how long a new deployment can be missing from answers; some seconds of AWS time unless set. */
  consistency?: Consistency
  /** Changes of the scheduler's durations, in seconds of AWS time. */
  timings?: Partial<Timings>
}

/**
 * An AWS account on this machine. Disposal ends every process that it started, and throws when an invariant of ECS or of
 * the load balancer was broken meanwhile, so that every test that uses a testbed checks them.
 */
export interface Testbed extends AsyncDisposable {
  /** What a workflow's step gets after aws-actions/configure-aws-credentials, and `AWS_ENDPOINT_URL`. */
  environment: Readonly<Record<string, string>>
  /** The registry that tasks pull from. */
  images: ImageRegistry
  /** What a test changes of a task's surroundings: its network, its roles' rights, secrets, what Fargate has left. */
  account: Account
  /** ECR's tokens and scans, the faults of its registry, and the requests to it. */
  ecr: Ecr
  /** Clients with the same credentials, with which a test or a person looks and acts. */
  clients: Clients
  calls: CallLog
  faults: Faults
  credentials: Credentials
}

/** Starts the local AWS: ECS, ECR with its registry, Elastic Load Balancing v2, CloudWatch Logs and STS on one loopback port. */
export async function startTestbed(options: TestbedOptions): Promise<Testbed> {
  await using starting = new AsyncDisposableStack()
  const clock = options.clock ?? starting.use(scaledClock(options.timeScale))
  const images = starting.use(imageRegistry(place, options.reportedDigest))
  const surroundings = account(place)
  const session = credentials(place)
  const injected = faults()
  const throttling = options.throttling ?? true
  const ecr = starting.use(await startEcr({ clock, place, images, credentials: session, throttling }))
  const runtime = runtimeFor(options.tasks ?? 'processes', ecr)
  const server = starting.use(
    await startWireServer({
      services: [
        ecr.service,
        ...services(starting, { runtime: starting.use(runtime), clock, images, surroundings }, options),
      ],
      place,
      credentials: session,
      faults: injected,
      throttling,
      now: () => clock.now(),
    }),
  )
  const environment = { ...session.environment(), AWS_REGION: place.region, AWS_ENDPOINT_URL: server.url }
  const clients = starting.use(clientsFor(environment))
  const running = starting.move()
  return {
    environment,
    images,
    account: surroundings,
    ecr,
    clients,
    calls: server.calls,
    faults: injected,
    credentials: session,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function runtimeFor(tasks: NonNullable<TestbedOptions['tasks']>, ecr: Ecr): ContainerRuntime {
  if (typeof tasks !== 'string') return tasks
  return tasks === 'containers' ? dockerRuntime({ registry: ecr }) : processRuntime()
}

interface Parts {
  runtime: ContainerRuntime
  clock: Clock
  images: ImageRegistry
  surroundings: Account
}

/** The services on one state. What has to be ended goes onto `starting`, in the order in which it may not outlive the rest. */
function services(
  starting: AsyncDisposableStack,
  { clock, images, runtime, surroundings }: Parts,
  options: TestbedOptions,
): Service[] {
  const healthChecks = options.healthChecks ?? true
  const { letsIn } = surroundings.network
  const balancing = starting.use(loadBalancing({ clock, place, healthChecks, letsIn }))
  const { targetGroups } = balancing
  const { logDelay: visibilityDelay } = options
  const logs = logGroups(place, clock, visibilityDelay === undefined ? {} : { visibilityDelay })
  const timings = { ...defaultTimings, ...options.timings }
  const addresses = loopbackAddresses()
  const scheduler = starting.use(
    ecsScheduler({
      account: surroundings,
      clock,
      runtime,
      images,
      addresses,
      targetGroups,
      logs,
      place,
      timings,
    }),
  )
  const shown = visibility(
    clock,
    options.consistency ?? scaledConsistency(options.clock ? 1 : options.timeScale),
  )
  const ecs = ecsService({ state: ecsState(), scheduler, clock, place, visibility: shown, targetGroups })
  return [ecs, balancing.service, logsService(logs), stsService(place)]
}
