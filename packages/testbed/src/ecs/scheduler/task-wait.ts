import type { ServiceRun, TaskRun } from './service-run.ts'
import type { World } from './world.ts'

/** What a step of a task's life works on. */
export interface Life {
  world: World
  run: ServiceRun
  life: TaskRun
}

/** Goes on with a task's life after a while. Cancelled when the task's end begins. */
export function wait({ world, run, life }: Life, seconds: number, next: () => void): void {
  const cancel = world.later(run.service, seconds, () => {
    life.waiting.delete(cancel)
    next()
  })
  life.waiting.add(cancel)
}

export function cancelWaiting(life: TaskRun): void {
  for (const cancel of life.waiting) cancel()
  life.waiting.clear()
}
