import type { ContainerRuntime, ContainerSpec, RunningContainer } from '../../tasks/container.ts'

/** Starts containers and remembers those that run, so that disposal leaves none behind. */
export interface ContainerPool extends AsyncDisposable {
  start(spec: ContainerSpec, output: (line: string) => void): Promise<RunningContainer>
}

export function containerPool(runtime: ContainerRuntime): ContainerPool {
  const starting = new Set<Promise<RunningContainer>>()
  const running = new Set<RunningContainer>()
  let closed = false

  return {
    async start(spec, output) {
      if (closed) throw new Error('the scheduler has been disposed')
      const start = runtime.start(spec, output)
      starting.add(start)
      try {
        const container = await start
        running.add(container)
        const forget = (): boolean => running.delete(container)
        void container.exited.then(forget, forget)
        return container
      } finally {
        starting.delete(start)
      }
    },
    async [Symbol.asyncDispose]() {
      closed = true
      await Promise.allSettled(starting)
      // One turn, so that what has just started is among the running.
      await Promise.resolve()
      const last = [...running]
      for (const container of last) container.signal('SIGKILL')
      await Promise.allSettled(last.map(({ exited }) => exited))
    },
  }
}
