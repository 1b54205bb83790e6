import type { JsonObject } from '../../wire/json.ts'
import type { ContainerSpec } from '../container.ts'

/** What the engine is asked to create (Docker Engine API reference, "Create a container"). */
export function containerRequest(spec: ContainerSpec, image: string, memory: number | undefined): JsonObject {
  const ports = spec.ports.map((port) => `${port}/tcp`)
  const published = spec.ports.map((port) => [
    `${port}/tcp`,
    [{ HostIp: spec.address, HostPort: String(port) }],
  ])
  const entryPoint = spec.entryPoint?.length ? { Entrypoint: [...spec.entryPoint] } : {}
  const command = spec.command?.length ? { Cmd: [...spec.command] } : {}
  return {
    Image: image,
    ...entryPoint,
    ...command,
    ...(spec.workingDirectory !== undefined && { WorkingDir: spec.workingDirectory }),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    // ECS pays no attention to the image's own health check.
    Healthcheck: { Test: ['NONE'] },
    // As the ECS agent labels what it starts.
    Labels: {
      'com.amazonaws.ecs.container-name': spec.name,
      'com.amazonaws.ecs.task-id': spec.taskId,
    },
    HostConfig: {
      PortBindings: Object.fromEntries(published),
      // Without swap the limit is where the kernel steps in, as on Fargate.
      ...(memory !== undefined && { Memory: memory, MemorySwap: memory }),
    },
  }
}
