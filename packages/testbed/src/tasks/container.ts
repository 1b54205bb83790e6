import type { ResolvedImage } from '../images/image.ts'

/** What ECS asks the machine to run. */
export interface ContainerSpec {
  taskId: string
  name: string
  image: ResolvedImage
  /** Overrides of the image's own, from the task definition. */
  entryPoint?: readonly string[]
  command?: readonly string[]
  workingDirectory?: string
  /** What the task runs on, as images name it. */
  architecture: string
  /** Hard limit in MiB; unlimited when absent. */
  memory?: number
  /** From the task definition; the image's own `Env` comes first. */
  environment: Readonly<Record<string, string>>
  /** The loopback address that the task alone uses; its containers share it, as they share an ENI. */
  address: string
  /** Container ports, for runtimes that have to publish them. */
  ports: readonly number[]
}

export interface ExitStatus {
  /** 128 + signal number when a signal ended it, as a container engine reports it. */
  exitCode: number
  /** The engine's own remark, such as ECS's OutOfMemoryError text. */
  reason?: string
}

export interface RunningContainer {
  /** As DescribeTasks shows it. */
  readonly runtimeId: string
  readonly exited: Promise<ExitStatus>
  signal(signal: 'SIGTERM' | 'SIGKILL'): void
  /** Runs a health check inside the container and returns its exit code; 1 when it takes longer than the time-out. */
  exec(command: readonly string[], timeoutMs: number): Promise<number>
}

/** A way to run containers: processes, Docker, or a script in a test of the scheduler. */
export interface ContainerRuntime extends AsyncDisposable {
  /**
   * `output` receives each line that the container writes to stdout or stderr. Rejects, in the words of the container
   * runtime, when the container cannot be started: then none of it has run.
   */
  start(spec: ContainerSpec, output: (line: string) => void): Promise<RunningContainer>
}

/** Loopback addresses, one a task. */
export interface AddressPool {
  take(): string
  release(address: string): void
}
