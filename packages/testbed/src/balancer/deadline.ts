import type { Clock } from '../time/clock.ts'

/**
 * Runs `task` after `seconds` of AWS time, but never sooner than `leastMs` of real time: the process that is waited
 * for works in real time, and a time-out of 5 s divided by the scale would be shorter than a busy machine's pause.
 * Returns what cancels it.
 */
export function deadline(clock: Clock, seconds: number, leastMs: number, task: () => void): () => void {
  const began = clock.now()
  let rest: NodeJS.Timeout | undefined
  const cancel = clock.after(seconds, () => {
    const missing = leastMs - (clock.now() - began)
    if (missing <= 0) task()
    else rest = setTimeout(task, missing)
  })
  return () => {
    cancel()
    clearTimeout(rest)
  }
}
