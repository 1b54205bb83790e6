import type { ResolvedImage } from '../../images/image.ts'
import type { ContainerSpec, ExitStatus, RunningContainer } from '../../tasks/container.ts'
import type { Container } from '../model.ts'
import type { ContainerDefinition } from './container-definition.ts'
import { moveTask } from './edges.ts'
import { watchHealth } from './health-loop.ts'
import { isUnresolved, resolveImages } from './image-resolution.ts'
import { registerTargets } from './target-registration.ts'
import { containerGone, endTask } from './task-end.ts'
import { logProblem, logWriter } from './task-logs.ts'
import { type Life, wait } from './task-wait.ts'
import { stopped } from './texts.ts'

/** Takes a new task from PROVISIONING to RUNNING, or to the end of its attempt. */
export function liveTask(of: Life): void {
  const { world, life } = of
  wait(of, world.timings.provisioning, () => {
    life.task.connectivityAt = world.clock.now()
    moveTask(life.task, 'PENDING')
    wait(of, world.timings.placing, () => pull(of))
  })
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
    resolveImages(world.images, life.of),
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
  failToStart(of, stopped.pull(message), name)
}

function failToStart(of: Life, reason: string, container: string): void {
  const shown = of.life.task.containers.find(({ name }) => name === container)
  if (shown) shown.reason = reason
  endTask(of, { end: 'never-ran', stopCode: 'TaskFailedToStart', reason })
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
    const problem = logProblem(world, definition)
    if (problem === undefined) continue
    failToStart(of, problem, definition.name)
    return
  }
  wait(of, world.timings.activating, () => startContainers(of, images))
}

function startContainers(of: Life, images: Map<string, ResolvedImage>): void {
  const { world, run, life } = of
  const starts = life.of.containers.map(async (definition) => {
    const image = images.get(definition.name)
    if (!image) throw new Error(`no image for ${definition.name}`)
    const output = logWriter(world, definition, life.task.id)
    return world.containers.start(containerSpec(of, definition, image), output)
  })
  world.when(
    run.service,
    Promise.allSettled(starts),
    (results) => started(of, results),
    () => {},
  )
}

function containerSpec(of: Life, definition: ContainerDefinition, image: ResolvedImage): ContainerSpec {
  const { name, entryPoint, command, workingDirectory, environment, ports } = definition
  return {
    taskId: of.life.task.id,
    name,
    image,
    environment,
    ports,
    address: of.life.task.address ?? '',
    ...(entryPoint.length > 0 && { entryPoint }),
    ...(command.length > 0 && { command }),
    ...(workingDirectory !== undefined && { workingDirectory }),
  }
}

function started(of: Life, results: readonly PromiseSettledResult<RunningContainer>[]): void {
  const { life, world, run } = of
  for (const [index, shown] of life.task.containers.entries()) {
    const result = results[index]
    if (result?.status === 'fulfilled') adopt(of, shown, result.value)
  }
  if (life.task.desiredStatus === 'STOPPED') {
    for (const container of life.running.values()) container.signal('SIGKILL')
    return
  }
  const failure = results.findIndex(({ status }) => status === 'rejected')
  const failed = results[failure]
  if (failed?.status === 'rejected') {
    const detail = failed.reason instanceof Error ? failed.reason.message : String(failed.reason)
    failToStart(of, stopped.start(detail), life.task.containers[failure]?.name ?? '')
    return
  }
  life.task.startedAt = world.clock.now()
  moveTask(life.task, 'RUNNING')
  life.of.hasRun = true
  life.of.launchFailures = 0
  life.of.launchFailedAt = undefined
  // With several target groups ECS registers before RUNNING, with one the scheduler does later (ecs-model.md 1.1).
  if (life.of.deployment.revision.loadBalancers.length > 1) registerTargets(world, run, life)
  for (const shown of life.task.containers) watch(of, shown)
}

function adopt(of: Life, shown: Container, container: RunningContainer): void {
  of.life.running.set(shown.name, container)
  shown.runtimeId = container.runtimeId
  shown.lastStatus = 'RUNNING'
  of.world.when(
    of.run.service,
    container.exited,
    (status) => exited(of, shown, status),
    () => exited(of, shown, { exitCode: 1 }),
  )
}

function watch(of: Life, shown: Container): void {
  const container = of.life.running.get(shown.name)
  const check = of.life.of.containers.find(({ name }) => name === shown.name)?.healthCheck
  if (container && check) watchHealth(of, shown, container, check)
}

function exited(of: Life, shown: Container, status: ExitStatus): void {
  of.life.running.delete(shown.name)
  shown.lastStatus = 'STOPPED'
  shown.exitCode = status.exitCode
  if (status.reason !== undefined) shown.reason = status.reason
  of.life.task.version += 1
  if (of.life.task.desiredStatus === 'STOPPED') containerGone(of)
  else if (shown.essential) {
    endTask(of, { end: 'exited', stopCode: 'EssentialContainerExited', reason: stopped.essentialExit })
  }
}
