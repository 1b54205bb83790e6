/** The causes that diagnosis knows by name. */
export type FindingCode =
  | 'crash-on-start'
  | 'out-of-memory'
  | 'load-balancer-health-check'
  | 'container-health-check'
  | 'image-missing'
  | 'wrong-architecture'
  | 'digest-mismatch'
  | 'digest-not-provable'
  | 'old-tasks-remain'
  | 'desired-count-zero'
  | 'circuit-breaker'
  | 'no-rollback-candidate'
  | 'superseded'
  | 'timed-out'
  | 'tag-blocked'
  | 'vulnerable-image'
  | 'unknown-failure'

/** One diagnosed cause with its remedy. The JSON form is the same in every action's `findings` output. */
export interface Finding {
  code: FindingCode
  /** One line: what is wrong, with the names that matter. */
  cause: string
  /** One or two sentences: what to do about it. */
  remedy: string
  /** What was seen that led here: stopped reasons, events, target health. Foreign text. */
  evidence: readonly string[]
}
