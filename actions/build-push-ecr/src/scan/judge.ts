import type { ImageScan, ScanFinding } from '@ecs-release/core'

/** Worst first. */
const SEVERITIES: readonly string[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED']

export interface Judgement {
  /** By severity, summed over the platforms. */
  counts: Readonly<Record<string, number>>
  /** How many are as severe as the limit, or more. */
  over: number
  /** All of them, worst first. */
  worst: readonly ScanFinding[]
}

export function judge(scans: readonly ImageScan[], limit: string): Judgement {
  const counts: Record<string, number> = {}
  for (const scan of scans) {
    for (const [severity, count] of Object.entries(countsOf(scan)))
      counts[severity] = (counts[severity] ?? 0) + count
  }
  const ordered = Object.entries(counts).toSorted(([a], [b]) => rank(a) - rank(b))
  const over = ordered.filter(([severity]) => isOver(severity, limit.toUpperCase()))
  return {
    counts: Object.fromEntries(ordered),
    over: over.reduce((sum, [, count]) => sum + count, 0),
    worst: scans.flatMap(({ findings }) => findings).toSorted((a, b) => rank(a.severity) - rank(b.severity)),
  }
}

/** The counts, or those of the list where it has more: whichever is further behind must not hide a finding. */
function countsOf({ counts, findings }: ImageScan): Record<string, number> {
  const listed: Record<string, number> = { ...counts }
  for (const { severity } of findings) {
    const here = findings.filter((other) => other.severity === severity).length
    listed[severity] = Math.max(listed[severity] ?? 0, here)
  }
  return listed
}

/** A severity that AWS has added since counts as the worst; UNDEFINED is what AWS could not rate, and the mildest. */
function isOver(severity: string, limit: string): boolean {
  return rank(severity) <= rank(limit)
}

function rank(severity: string): number {
  return SEVERITIES.indexOf(severity)
}
