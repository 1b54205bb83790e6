import type { Clock } from '../time/clock.ts'
import type { JsonObject } from '../wire/json.ts'

/** One vulnerability as a basic scan lists it. */
export interface ScanFinding {
  /** `CVE-2026-0001` */
  name: string
  severity: 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | 'UNDEFINED'
  description?: string
  uri?: string
  /** `package_name`, `package_version` and the like. */
  attributes?: Readonly<Record<string, string>>
}

/** How the scan of an image goes. Durations are seconds of AWS time. */
export interface ScanResult {
  /** `COMPLETE` by default; also any other status, known or not. `IN_PROGRESS` never ends. */
  status?: string
  description?: string
  findings?: readonly ScanFinding[]
  /** From start to end; the default is the registry's. */
  seconds?: number
  /** For so long after its end a complete scan has no findings yet, as has been seen of ECR. */
  emptySeconds?: number
}

/** A scan of one image. Times are milliseconds since the epoch. */
export interface Scan {
  startedAt: number
  /** Absent until the scan shows up. */
  status?: string
  description?: string
  completedAt?: number
  findings: readonly ScanFinding[]
}

/** Basic scanning: what it finds is up to the test. */
export interface Scans {
  /** Sets how scans that start from now on go: of that digest, or of every image that has no result of its own. */
  expect(result: ScanResult, digest?: string): void
  /** A scan that shows up after `delay` seconds. */
  start(digest: string, delay?: number): Scan
}

const completed = 'The scan was completed successfully.'

/** `seconds` of AWS time is what a scan takes unless its result says more; AWS publishes no figure. */
export function scans(clock: Clock, seconds = 10): Scans {
  const results = new Map<string, ScanResult>()
  let otherwise: ScanResult = {}
  return {
    expect(result, digest) {
      if (digest === undefined) otherwise = result
      else results.set(digest, result)
    },
    start(digest, delay = 0) {
      const result = results.get(digest) ?? otherwise
      const scan: Scan = { startedAt: clock.now(), findings: [] }
      const appear = () => {
        scan.status = 'IN_PROGRESS'
        if (result.status !== 'IN_PROGRESS') {
          clock.after(result.seconds ?? seconds, () => end(scan, result, clock))
        }
      }
      if (delay === 0) appear()
      else clock.after(delay, appear)
      return scan
    },
  }
}

function end(scan: Scan, result: ScanResult, clock: Clock): void {
  const { status = 'COMPLETE', findings = [], emptySeconds = 0 } = result
  const description = result.description ?? (status === 'COMPLETE' ? completed : undefined)
  Object.assign(scan, { status, completedAt: clock.now() }, description !== undefined && { description })
  const reveal = () => {
    scan.findings = findings
  }
  if (emptySeconds === 0) reveal()
  else clock.after(emptySeconds, reveal)
}

/** Findings by severity; severities without findings are absent. */
export function severityCounts(findings: readonly ScanFinding[]): JsonObject {
  const counts: Record<string, number> = {}
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1
  return counts
}
