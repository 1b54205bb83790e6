/**
 * How long after its cancellation a step may go on. Milliseconds: the runner sends SIGTERM after 7.5 seconds and kills the process 2.5 seconds
 * later (act.md 6), and what the step has to say has to be written by then.
 */
const lastMoment = 8500

/** What is settled before the last moment of a cancelled step; after that its cancellation is thrown, whatever AWS has left unanswered. */
export async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  const cancelled = () => {
    timer = setTimeout(() => reject(signal.reason), lastMoment)
  }
  signal.addEventListener('abort', cancelled)
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', cancelled)
    clearTimeout(timer)
  }
}
