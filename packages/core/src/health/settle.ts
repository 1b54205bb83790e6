import type { Clock } from '../time/clock.ts'
import { type Expectation, faultOf } from './expectation.ts'
import { type Look, probe } from './probe.ts'

export interface SettleOptions {
  clock: Clock
  signal?: AbortSignal | undefined
  look?: (url: string, options: { timeout: number }) => Promise<Look>
}

/** `fault` is what was wrong with the last wrong answer. */
export type Settled =
  | { kind: 'well'; tries: number }
  | { kind: 'unwell'; tries: number; wrong: number; fault: string }

const TRIES = 10
const IN_A_ROW = 3
const PAUSE = 2_000

/**
 * Requests a URL until it gives the right answer three times in a row, in at most ten tries: one right answer may come from a target
 * that is about to go, and one wrong answer from one that has just come. Ends as soon as three in a row can no longer be reached.
 */
export async function settle(expectation: Expectation, options: SettleOptions): Promise<Settled> {
  const { clock, look = probe, signal } = options
  const { timeout, url } = expectation
  let inARow = 0
  let wrong = 0
  let fault = ''
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted()
    const found = faultOf(await look(url, { timeout }), expectation)
    inARow = found === undefined ? inARow + 1 : 0
    wrong += found === undefined ? 0 : 1
    fault = found ?? fault
    if (inARow === IN_A_ROW) return { kind: 'well', tries }
    if (inARow + TRIES - tries < IN_A_ROW) return { kind: 'unwell', tries, wrong, fault }
    await clock.sleep(PAUSE, signal)
  }
}
