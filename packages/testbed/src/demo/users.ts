import http from 'node:http'
import { tally, type UserTotals } from './user-tally.ts'

export type { UserTotals } from './user-tally.ts'

export interface UserOptions {
  /** Where the service is: `http://127.0.2.1:80`. */
  url: string
  perSecond: number
  /** Asked for in turn; may carry a query. */
  paths: readonly string[]
  /** A request that is not wholly answered by then, counted from when it was due, is an error. */
  timeoutMs: number
}

/** Disposal stops them. */
export interface Users extends AsyncDisposable {
  /** So far; requests in flight are in `sent` only. */
  totals(): UserTotals
  /** Sends no more, waits for the requests in flight and returns the final count. Calling it again is harmless. */
  stop(): Promise<UserTotals>
}

/** undefined for an answer that a user is content with, else what went wrong. Never rejects. */
function ask(url: URL, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    // A connection of its own for each request, as for users who do not know of each other.
    const request = http.get(url, { agent: false, headers: { connection: 'close' } })
    const timer = setTimeout(() => {
      resolve('timed out')
      request.destroy()
    }, timeoutMs)
    const end = (error: string | undefined): void => {
      clearTimeout(timer)
      resolve(error)
    }
    request.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
    request.on('response', (answer) => {
      const status = answer.statusCode ?? 0
      answer.on('error', () => end('answer broken off'))
      answer.on('end', () => end(status < 400 ? undefined : `HTTP ${status}`))
      answer.resume()
    })
  })
}

/**
 * Users who come at a fixed rate whatever becomes of those before them (an open loop): request n is due n/perSecond
 * after the start, and one that this process was too busy to send in time is sent late, never left out. Times are
 * taken from when a request was due, so that a stall is not flattered by the requests that it held up.
 */
export function users(options: UserOptions): Users {
  const { perSecond, paths, timeoutMs } = options
  const urls = paths.map((path) => new URL(path, options.url))
  if (urls.length === 0) throw new RangeError('users need at least one path')
  if (!(perSecond > 0)) throw new RangeError(`perSecond must be above 0, got ${perSecond}`)
  const count = tally()
  const inFlight = new Set<Promise<void>>()
  const began = performance.now()
  let next = 0
  let timer: NodeJS.Timeout | undefined
  const dueAt = (index: number): number => began + (index * 1_000) / perSecond

  const send = async (url: URL, due: number): Promise<void> => {
    const left = Math.max(0, timeoutMs - (performance.now() - due))
    const error = await ask(url, left)
    count.answered({ path: url.pathname + url.search, error, milliseconds: performance.now() - due })
  }
  const sendWhatIsDue = (): void => {
    while (dueAt(next) <= performance.now()) {
      const url = urls[next % urls.length]
      if (url === undefined) return
      count.sent()
      const request = send(url, dueAt(next)).finally(() => inFlight.delete(request))
      inFlight.add(request)
      next += 1
    }
    timer = setTimeout(sendWhatIsDue, Math.max(0, dueAt(next) - performance.now()))
  }
  sendWhatIsDue()
  const stop = async (): Promise<UserTotals> => {
    clearTimeout(timer)
    count.stopped()
    await Promise.all(inFlight)
    return count.totals()
  }
  return {
    totals: count.totals,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}
