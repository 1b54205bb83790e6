/** Metric names of AWS/ApplicationELB that the balancer counts (aws-model.md 2.8). */
export type TrafficMetric =
  | 'RequestCount'
  | 'HTTPCode_Target_2XX_Count'
  | 'HTTPCode_Target_3XX_Count'
  | 'HTTPCode_Target_4XX_Count'
  | 'HTTPCode_Target_5XX_Count'
  | 'HTTPCode_ELB_4XX_Count'
  | 'HTTPCode_ELB_5XX_Count'
  | 'HTTPCode_ELB_502_Count'
  | 'HTTPCode_ELB_503_Count'
  | 'HTTPCode_ELB_504_Count'
  | 'TargetConnectionErrorCount'
  | 'UnhealthyRoutingRequestCount'

/** Tails of the ARNs, as CloudWatch dimensions have them: `app/web/<hex>`, `targetgroup/web/<hex>`. */
export interface TrafficDimensions {
  loadBalancer: string
  targetGroup?: string
}

/** Counts since the start. Whoever publishes metrics takes differences per minute; absent metrics were never counted. */
export interface TrafficCounts {
  of(dimensions: TrafficDimensions): Readonly<Partial<Record<TrafficMetric, number>>>
}

const key = (dimensions: TrafficDimensions): string =>
  `${dimensions.loadBalancer} ${dimensions.targetGroup ?? ''}`

/** Keeps a count per load balancer and per target group of it. */
export class TrafficCounter implements TrafficCounts {
  readonly #counts = new Map<string, Partial<Record<TrafficMetric, number>>>()

  of(dimensions: TrafficDimensions): Readonly<Partial<Record<TrafficMetric, number>>> {
    return { ...this.#counts.get(key(dimensions)) }
  }

  /** Counts for the load balancer, and for its target group too when one is given. */
  add(metric: TrafficMetric, dimensions: TrafficDimensions): void {
    this.#add(metric, { loadBalancer: dimensions.loadBalancer })
    if (dimensions.targetGroup !== undefined) this.#add(metric, dimensions)
  }

  #add(metric: TrafficMetric, dimensions: TrafficDimensions): void {
    const counts = this.#counts.get(key(dimensions)) ?? {}
    counts[metric] = (counts[metric] ?? 0) + 1
    this.#counts.set(key(dimensions), counts)
  }
}

/** The metric of a target's own answer; undefined for codes that AWS does not count. */
export function targetCodeMetric(status: number): TrafficMetric | undefined {
  if (status >= 200 && status < 300) return 'HTTPCode_Target_2XX_Count'
  if (status >= 300 && status < 400) return 'HTTPCode_Target_3XX_Count'
  if (status >= 400 && status < 500) return 'HTTPCode_Target_4XX_Count'
  if (status >= 500 && status < 600) return 'HTTPCode_Target_5XX_Count'
  return undefined
}
