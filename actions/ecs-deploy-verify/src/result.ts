import type { Finding, Investigation, Outcome, Proof, Service } from '@ecs-release/core'
import type { Probed } from './probes.ts'
import type { Rollback } from './rollback/rollback.ts'

/** All that a report tells. */
export interface Result {
  before: Service
  outcome: Outcome
  message: string
  findings: readonly Finding[]
  /** undefined when it is not registered yet. */
  taskDefinitionArn: string | undefined
  /** undefined when nothing was released. */
  release: Release | undefined
  /** What was asked for, by container. */
  images: ReadonlyMap<string, string>
  proof: Proof | undefined
  probed: readonly Probed[]
  investigation: Investigation | undefined
  /** What was done about a failure; undefined when nothing was to be done. */
  rollback: Rollback | undefined
  /** What a dry run would change. */
  changes: readonly string[]
}

/** A deployment, as far as it is known. */
export interface Release {
  deploymentId: string
  deploymentArn: string | undefined
  status: string | undefined
  revisionArn: string
  sourceRevisionArns: readonly string[]
}
