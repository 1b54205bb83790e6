import { messageOf, type Outcome, type Service, undeployable } from '@ecs-release/core'
import { guide } from './guide.ts'
import type { Result } from './result.ts'
import type { Run } from './run.ts'

/** How a run ends whose service cannot be deployed to with UpdateService; undefined when it can. */
export function barred({ env, inputs, log }: Run, before: Service): Result | undefined {
  const finding = undeployable(before, guide(env, 'moving-from-the-aws-actions.md'))
  if (finding === undefined) return undefined
  log.info(`Cause: ${finding.cause}`)
  const outcome: Outcome = { kind: 'refused', cause: finding.cause }
  return {
    before,
    outcome,
    message:
      inputs.mode === 'verify'
        ? `It cannot be proven what ${before.name} runs: ${finding.cause}`
        : messageOf(outcome, { service: before.name, what: 'The task definition' }),
    findings: [finding],
    taskDefinitionArn: undefined,
    release: undefined,
    images: new Map(),
    proof: undefined,
    probed: [],
    rollback: undefined,
    investigation: undefined,
    changes: [],
  }
}
