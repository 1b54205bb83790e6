import { type Finding, messageOf, nameInArn, type Outcome, type Service } from '@ecs-release/core'
import { taskDefinitionDiff } from './diff.ts'
import type { Prepared } from './prepare.ts'
import type { Run } from './run.ts'

/** What a dry run found out. */
export interface Plan {
  outcome: Outcome
  message: string
  findings: readonly Finding[]
  taskDefinitionArn: string | undefined
  /** What would change in the task definition and the service. */
  changes: readonly string[]
}

/** Compares what is with what would be. Writes nothing. */
export function plan({ inputs }: Run, before: Service, { plan, current }: Prepared): Plan {
  const changes = [
    ...taskDefinitionDiff(current?.definition ?? {}, plan.definition),
    ...serviceChanges(before, inputs, plan.kind === 'reuse' ? plan.arn : undefined),
  ]
  const outcome: Outcome = { kind: 'planned', changes: changes.length > 0 }
  return {
    outcome,
    message: messageOf(outcome, { service: before.name, what: nameOf(plan) }),
    findings: [],
    taskDefinitionArn: plan.kind === 'reuse' ? plan.arn : undefined,
    changes,
  }
}

/** What would be deployed, to begin a sentence. */
export function nameOf(plan: Prepared['plan']): string {
  return plan.kind === 'reuse' ? nameInArn(plan.arn) : `A new revision of ${String(plan.definition.family)}`
}

function serviceChanges(
  before: Service,
  { desiredCount, forceNewDeployment }: Run['inputs'],
  arn: string | undefined,
): string[] {
  const changes: string[] = []
  if (arn !== before.taskDefinitionArn) {
    changes.push(
      `~ service taskDefinition: ${nameInArn(before.taskDefinitionArn)} → ${arn === undefined ? 'the new revision' : nameInArn(arn)}`,
    )
  }
  if (desiredCount !== undefined && desiredCount !== before.desiredCount) {
    changes.push(`~ service desiredCount: ${before.desiredCount} → ${desiredCount}`)
  }
  if (forceNewDeployment) changes.push('~ service forceNewDeployment')
  return changes
}
