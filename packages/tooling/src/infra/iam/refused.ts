import type { PlannedResource } from '../plan-json.ts'
import { rightsOf } from './rights.ts'

/** What makes and ends the roles of GitHub, which an administrator applies. */
export const administrators: readonly string[] = [
  'iam:AttachRolePolicy',
  'iam:CreateOpenIDConnectProvider',
  'iam:CreatePolicy',
  'iam:DeleteOpenIDConnectProvider',
  'iam:DeletePolicy',
  'iam:DetachRolePolicy',
  'iam:ListPolicyVersions',
]

/**
 * Those of the IAM actions that a role of `example-app-dev` has no right to, for no resource. What the stacks backend and
 * registry ask for is left out, which are an administrator's, and what takes no right.
 */
export function refused(
  resources: readonly PlannedResource[],
  role: string,
  actions: readonly string[],
): string[] {
  const granted = new Set(rightsOf(resources, 'example-app-dev', role).flatMap(({ Action }) => Action))
  const others = /^(s3|ecr|sts):/
  return [...new Set(actions)].filter((action) => !granted.has(action) && !others.test(action)).sort()
}
