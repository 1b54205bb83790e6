import { type PlannedResource, textOf } from '../plan-json.ts'

/** A statement of an identity policy, as these modules write them: always with lists. */
export interface Statement {
  Sid: string
  Action: string[]
  Resource: string[]
  /** Values by the condition key, by the operator. */
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** The statements of planned policies. */
export function statementsOf(policies: readonly PlannedResource[]): Statement[] {
  return policies.flatMap((policy): Statement[] => JSON.parse(textOf(policy, 'policy')).Statement)
}
