import type { Plan } from '../plan.ts'
import { type Judgement, judge } from './judge.ts'
import { scanResult } from './result.ts'

/** Waits for the scans of all platforms at once, and judges them together. `timeout` is in seconds. */
export async function gate(
  { clients, repository, clock, log, signal }: Plan,
  digests: readonly string[],
  { limit, timeout }: { limit: string; timeout: number },
): Promise<Judgement> {
  const until = clock.now() + timeout * 1000
  const scans = await Promise.all(
    digests.map((digest) => scanResult({ clients, repository, digest }, { clock, log, signal, until })),
  )
  return judge(scans, limit)
}
