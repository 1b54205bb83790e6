import type { PlannedResource } from '../plan-json.ts'
import { type Statement, statementsOf } from './statements.ts'

/** The statements of a planned role of `modules/github-oidc`: its own, and those of the policies that it has attached. */
export function rightsOf(
  resources: readonly PlannedResource[],
  environment: string,
  role: string,
): Statement[] {
  const attached = resources
    .filter(({ type, values }) => {
      return type === 'aws_iam_role_policy_attachment' && values.role === `${environment}-${role}`
    })
    // Without its key, an attachment is named as its policy.
    .map(
      ({ address }) =>
        `${address.replace('_role_policy_attachment', '_policy').replace(/\[[^\]]+\]$/, '')}[0]`,
    )
  const own = `aws_iam_role_policy.this["${role}"]`
  return statementsOf(resources.filter(({ address }) => address.endsWith(own) || attached.includes(address)))
}
