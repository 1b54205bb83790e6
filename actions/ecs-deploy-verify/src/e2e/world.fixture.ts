import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ActionRun,
  createStack,
  type PushedImage,
  runAction,
  type Stack,
  type StackOptions,
  startTestbed,
  steady,
  type Testbed,
  type TestbedOptions,
} from '@ecs-release/testbed'
import { appImage, containerPort, type Version } from './app.fixture.ts'
import { checked, plantedSecret } from './checked.fixture.ts'

/** The directory of action.yml, whose dist is what the tests run. */
export const actionPath: string = join(import.meta.dirname, '../..')

type RunOptions = Partial<Parameters<typeof runAction>[0]>

export interface Deployed extends ActionRun {
  evidence: Record<string, unknown> | undefined
}

/** An AWS with the service `orders` on one task, which runs v1. */
export interface World extends AsyncDisposable {
  testbed: Testbed
  stack: Stack
  /** The first image. */
  v1: PushedImage
  push(name: string, version?: Version): Promise<PushedImage>
  /** Runs the committed bundle on the service, and checks what holds for every run. */
  deploy(inputs?: Record<string, string>, options?: RunOptions): Promise<Deployed>
  /** The same without the checks, for runs that end before they have outputs. */
  deployUnchecked(inputs?: Record<string, string>, options?: RunOptions): Promise<ActionRun>
}

export interface WorldOptions extends Partial<StackOptions> {
  timeScale?: number
  timings?: TestbedOptions['timings']
  consistency?: TestbedOptions['consistency']
  reportedDigest?: TestbedOptions['reportedDigest']
  /** What is wrong with the image that the service is created with. */
  first?: Version
  /** false returns while the first deployment still goes on. */
  wait?: boolean
}

/** Behind a load balancer that finds a sick task quickly and forgives a slow machine. */
export const balanced = {
  healthCheckGracePeriodSeconds: 60,
  loadBalancer: {
    healthCheckPath: '/health',
    healthCheckInterval: 10,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    deregistrationDelay: 10,
  },
} as const

export async function world(options: WorldOptions = {}): Promise<World> {
  const { consistency, reportedDigest, timeScale = 80, timings = {}, first, wait = true, ...rest } = options
  await using starting = new AsyncDisposableStack()
  // Without checks ECS calls a task healthy 40 s after it runs. Scaled, that is less than a busy machine takes to start the
  // process and see it crash, so it never becomes shorter than this many seconds of real time.
  const realSeconds = 1.8
  const healthyWithoutChecks = Math.max(40, realSeconds * timeScale)
  const testbed = starting.use(
    await startTestbed({
      timeScale,
      timings: { healthyWithoutChecks, ...timings },
      ...(consistency === undefined ? {} : { consistency }),
      ...(reportedDigest === undefined ? {} : { reportedDigest }),
    }),
  )
  const push = async (name: string, version?: Version): Promise<PushedImage> =>
    testbed.images.push('orders', name, await appImage(name, version))
  const v1 = await push('v1', first)
  const stack = await createStack(testbed.clients, {
    name: 'orders',
    image: v1.uri,
    desiredCount: 1,
    containerPort,
    environment: { DATABASE_PASSWORD: plantedSecret },
    ...rest,
  })
  if (wait) await steady(testbed, stack)
  const running = starting.move()
  const deployUnchecked: World['deployUnchecked'] = (inputs = {}, runOptions = {}) => {
    const { cluster, service } = stack
    const defaults = { cluster, service, timeout: '2m' }
    const env = { ...testbed.environment, ...runOptions.env }
    return runAction({ ...runOptions, actionPath, inputs: { ...defaults, ...inputs }, env })
  }
  return {
    testbed,
    stack,
    v1,
    push,
    deployUnchecked,
    async deploy(inputs, runOptions) {
      const run = await deployUnchecked(inputs, runOptions)
      if (run.exitCode === 0) await assertSuccessful(testbed, run)
      return { ...run, evidence: checked(run) }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** A green step's deployment is SUCCESSFUL by what ECS itself says, whatever the step says. */
async function assertSuccessful({ clients, credentials }: Testbed, { outputs }: ActionRun): Promise<void> {
  const arn = outputs['deployment-arn'] ?? ''
  if (arn === '' || outputs.outcome === 'started') return
  // The test may have denied the action this call.
  credentials.allow('ecs:DescribeServiceDeployments')
  const answer = await clients.ecs.describeServiceDeployments({ serviceDeploymentArns: [arn] })
  assert.equal(answer.serviceDeployments?.[0]?.status, 'SUCCESSFUL')
}

/** A workspace with one file. */
export async function placeFile(
  name: string,
  text: string,
): Promise<{ workspace: string } & AsyncDisposable> {
  const workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  await writeFile(join(workspace, name), text)
  return { workspace, [Symbol.asyncDispose]: () => rm(workspace, { recursive: true }) }
}
