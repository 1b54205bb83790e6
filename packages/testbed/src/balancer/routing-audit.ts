/** Keeps what was routed against the rules, for the one place where a test cannot miss it. */
export interface RoutingAudit {
  violated(violation: string): void
  /** Throws when there was a violation; each kind is named once. */
  check(): void
}

export function routingAudit(): RoutingAudit {
  const violations = new Set<string>()
  return {
    violated: (violation) => {
      violations.add(violation)
    },
    check: () => {
      if (violations.size > 0)
        throw new Error(`The load balancer broke its rules: ${[...violations].join('; ')}`)
    },
  }
}
