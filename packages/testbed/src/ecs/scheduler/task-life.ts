import type { Endpoint } from '../../account/network.ts'
import type { ResolvedImage } from '../../images/image.ts'
import { optionalText } from '../../wire/input.ts'
import { moveTask } from './edges.ts'
import { isUnresolved, resolveImages } from './image-resolution.ts'
import { initialize } from './initialization.ts'
import { onInstances } from './instance-texts.ts'
import { endTask, failToStart, runsOnFargate } from './task-end.ts'
import { logProblem } from './task-logs.ts'
import { startContainers } from './task-start.ts'
import { type Life, wait } from './task-wait.ts'
import { stopped } from './texts.ts'

/** Takes a new task from PROVISIONING to RUNNING, or to the end of its attempt. */
export function liveTask(of: Life): void {
  wait(of, of.world.timings.provisioning, () => attach(of))
}

/** Its network interface is there, or is known not to come. */
function attach(of: Life): void {
  const { world, life } = of
  const { address = '' } = life.task
  const { placement } = life
  switch (placement && world.account.network.attach(address, placement)) {
    case 'no-address':
      endTask(of, neverRan(stopped.noFreeAddress(placement?.subnet ?? '', placement?.publicAddress ?? false)))
      break
    case 'stalled':
      wait(of, world.timings.provisioningTimeout, () => endTask(of, neverRan(stopped.interfaceTimeout)))
      break
    default:
      life.task.connectivityAt = world.clock.now()
      moveTask(life.task, 'PENDING')
      wait(of, world.timings.placing, () => prepare(of))
  }
}

function neverRan(reason: string): Parameters<typeof endTask>[1] {
  return { end: 'never-ran', stopCode: 'TaskFailedToStart', reason }
}

/** Secrets and the registry's token come before the pull; a task that lacks them never begins one. */
function prepare(of: Life): void {
  const { world, life } = of
  const prepared = initialize(world.account, {
    taskId: life.task.id,
    executionRole: executionRoleOf(of),
    containers: life.of.containers,
    reaches: (endpoint) => reaches(of, endpoint),
  })
  if (prepared.kind === 'failed') {
    wait(of, world.timings.failedInitialization, () => endTask(of, neverRan(prepared.reason)))
    return
  }
  life.secrets = prepared.secrets
  pull(of)
}

function reaches({ life, world }: Life, endpoint: Endpoint): boolean {
  return life.placement === undefined || world.account.network.reaches(life.placement, endpoint)
}

function executionRoleOf({ life }: Life): string | undefined {
  return optionalText(life.of.deployment.taskDefinition.raw, 'executionRoleArn')
}

function pull(of: Life): void {
  const { world, run, life } = of
  const begun = world.clock.now()
  life.task.pullStartedAt = begun
  moveTask(life.task, 'ACTIVATING')
  const waitSince = (seconds: number, next: () => void): void =>
    wait(of, Math.max(0, seconds - world.clock.secondsSince(begun)), next)
  world.when(
    run.service,
    resolveImages(world, life.of, executionRoleOf(of)),
    (result) => {
      if (life.task.desiredStatus === 'STOPPED') return
      if (result.kind === 'pulled') waitSince(world.timings.pull, () => pulled(of, result.images))
      else waitSince(world.timings.failedPull, () => pullFailed(of, result.container, result.message))
    },
    (error) => {
      throw error
    },
  )
}

function pullFailed(of: Life, name: string, message: string): void {
  const { life } = of
  const definition = life.of.containers.find((one) => one.name === name)
  life.unresolved = definition !== undefined && isUnresolved(life.of, definition)
  const reference = definition?.image ?? ''
  const told = runsOnFargate(of)
    ? stopped.pull(message)
    : onInstances.pull(reference, message, life.unresolved)
  failToStart(of, told, name)
}

function pulled(of: Life, images: Map<string, ResolvedImage>): void {
  const { world, life } = of
  const { digests } = life.of.deployment.revision
  life.task.pullStoppedAt = world.clock.now()
  for (const shown of life.task.containers) {
    const digest = images.get(shown.name)?.digest
    const definition = life.of.containers.find(({ name }) => name === shown.name)
    if (digest === undefined) continue
    shown.imageDigest = digest
    // The first task of a deployment decides for all later ones.
    if (definition?.recordsDigest && !digests.has(shown.name)) digests.set(shown.name, digest)
  }
  for (const definition of life.of.containers) {
    const problem = logProblem(world, definition, reaches(of, 'logs'))
    if (problem === undefined) continue
    failToStart(of, runsOnFargate(of) ? problem : onInstances.logs(problem), definition.name)
    return
  }
  wait(of, world.timings.activating, () => startContainers(of, images))
}
