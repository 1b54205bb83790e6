import type { ResolvedImage } from '../../images/image.ts'
import type { ContainerSpec, ExitStatus, RunningContainer } from '../../tasks/container.ts'
import type { Container } from '../model.ts'
import type { ContainerDefinition } from './container-definition.ts'
import { moveTask } from './edges.ts'
import { watchHealth } from './health-loop.ts'
import { onInstances } from './instance-texts.ts'
import { registerTargets } from './target-registration.ts'
import { containerGone, endTask, failToStart, runsOnFargate } from './task-end.ts'
import { logWriter } from './task-logs.ts'
import type { Life } from './task-wait.ts'
import { stopped } from './texts.ts'

/** Starts the containers of a task whose images are there, and goes on with it until one of them ends. */
export function startContainers(of: Life, images: Map<string, ResolvedImage>): void {
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
  const { name, entryPoint, command, workingDirectory, environment, memory, ports } = definition
  return {
    taskId: of.life.task.id,
    name,
    image,
    architecture: of.life.of.architecture,
    environment: { ...environment, ...of.life.secrets.get(name) },
    ports,
    address: of.life.task.address ?? '',
    ...(memory !== undefined && { memory }),
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
    const told = runsOnFargate(of) ? stopped.start(detail) : onInstances.start(detail)
    failToStart(of, told, life.task.containers[failure]?.name ?? '')
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
