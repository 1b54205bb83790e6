/** How a target group has its targets probed. Seconds of AWS time. Source: "Health checks for ALB target groups". */
export interface HealthCheck {
  /** `traffic-port` is the port that the target was registered with. */
  port: number | 'traffic-port'
  path: string
  intervalSeconds: number
  timeoutSeconds: number
  healthyThreshold: number
  unhealthyThreshold: number
  /** Status codes that pass: `200`, `200,202` or `200-299`. */
  matcher: string
}

export interface CodeRange {
  from: number
  to: number
}

function codeRange(text: string): CodeRange | undefined {
  const [, from, to] = /^(\d{3})(?:-(\d{3}))?$/.exec(text.trim()) ?? []
  if (from === undefined) return undefined
  const range = { from: Number(from), to: Number(to ?? from) }
  return range.from >= 200 && range.to <= 499 && range.from <= range.to ? range : undefined
}

/** The ranges of a matcher; undefined when it is not one that an Application Load Balancer accepts (200 to 499). */
export function parseMatcher(matcher: string): CodeRange[] | undefined {
  const ranges: CodeRange[] = []
  for (const part of matcher.split(',')) {
    const range = codeRange(part)
    if (range === undefined) return undefined
    ranges.push(range)
  }
  return ranges
}

/** Whether a status code passes. An invalid matcher passes nothing. */
export function passes(matcher: string, status: number): boolean {
  return (parseMatcher(matcher) ?? []).some((range) => status >= range.from && status <= range.to)
}
