/** The causes that are known by name. */
export type FindingCode =
  // What lets tasks fail.
  | 'cannot-start'
  | 'interpreter-missing'
  | 'crash-on-start'
  | 'out-of-memory'
  | 'load-balancer-health-check'
  | 'container-health-check'
  | 'container-port'
  | 'security-group'
  | 'grace-period'
  | 'image-missing'
  | 'pull-denied'
  | 'no-route'
  | 'secret-missing'
  | 'secret-denied'
  | 'log-group-missing'
  | 'wrong-architecture'
  | 'no-capacity'
  | 'task-limit'
  | 'task-definition-inactive'
  | 'network-interface'
  | 'alarm'
  // What is known before anything is written to let a deployment fail.
  | 'controller'
  | 'service-inactive'
  | 'deployment-in-progress'
  | 'port-mapping'
  | 'target-type'
  | 'health-check-port'
  | 'execution-role-missing'
  | 'cannot-roll'
  | 'daemon-count'
  | 'credentials-too-short'
  // How it ended.
  | 'early-failure'
  | 'probe-failed'
  | 'digest-mismatch'
  | 'digest-not-provable'
  | 'old-tasks-remain'
  | 'desired-count-zero'
  | 'circuit-breaker'
  | 'no-rollback-candidate'
  | 'superseded'
  | 'timed-out'
  | 'failed-before'
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
