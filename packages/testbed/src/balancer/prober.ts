import type { Target } from '../elbv2/targets.ts'
import type { Clock } from '../time/clock.ts'
import type { HealthCheck } from './health-check.ts'
import { dropped, probe } from './probe.ts'
import type { ProbeResult } from './target-health.ts'

/**
 * Probes one target again and again until it is disposed. The interval counts from request to request; a probe that
 * outlasts it is not overtaken. The settings are read anew each time, as ModifyTargetGroup changes them meanwhile.
 */
export function startProber(
  clock: Clock,
  target: Target,
  settings: () => HealthCheck,
  reachable: () => boolean,
  report: (result: ProbeResult) => void,
): Disposable {
  const abort = new AbortController()
  let cancelNext = (): void => {}
  const round = async (): Promise<void> => {
    const check = settings()
    let due = false
    let answered = false
    const again = (): void => {
      if (due && answered) void round()
    }
    cancelNext = clock.after(check.intervalSeconds, () => {
      due = true
      again()
    })
    const port = check.port === 'traffic-port' ? target.port : check.port
    const result = reachable()
      ? await probe(clock, { host: target.id, port }, check, abort.signal)
      : await dropped(clock, check, abort.signal)
    if (abort.signal.aborted) return
    answered = true
    report(result)
    if (!abort.signal.aborted) again()
  }
  void round()
  return {
    [Symbol.dispose]() {
      abort.abort()
      cancelNext()
    },
  }
}
