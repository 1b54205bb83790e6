/** What became of the users' requests. */
export interface UserTotals {
  sent: number
  /** Answered below 400. */
  ok: number
  errors: number
  /** `HTTP 502`, `ECONNREFUSED`, `timed out` … with their counts. */
  errorsByKind: Readonly<Record<string, number>>
  /** The first errors, one a line: time, path and kind. */
  samples: readonly string[]
  /** The longest from when a request was due to its answer or error. */
  slowestMs: number
  /** For how long users came. */
  seconds: number
}

/** Enough to see a pattern, few enough to print. */
const mostSamples = 20

export interface UserTally {
  sent(): void
  answered(outcome: { path: string; error: string | undefined; milliseconds: number }): void
  stopped(): void
  totals(): UserTotals
}

/** Counts what happens to the users. */
export function tally(): UserTally {
  const began = performance.now()
  const errorsByKind: Record<string, number> = {}
  const samples: string[] = []
  let sent = 0
  let ok = 0
  let errors = 0
  let slowestMs = 0
  let ended: number | undefined
  return {
    sent() {
      sent += 1
    },
    answered({ path, error, milliseconds }) {
      slowestMs = Math.max(slowestMs, milliseconds)
      if (error === undefined) {
        ok += 1
        return
      }
      errors += 1
      errorsByKind[error] = (errorsByKind[error] ?? 0) + 1
      if (samples.length < mostSamples) samples.push(`${new Date().toISOString()} ${path} ${error}`)
    },
    stopped() {
      ended ??= performance.now()
    },
    totals() {
      const seconds = ((ended ?? performance.now()) - began) / 1_000
      return {
        sent,
        ok,
        errors,
        errorsByKind: { ...errorsByKind },
        samples: [...samples],
        slowestMs,
        seconds,
      }
    },
  }
}
