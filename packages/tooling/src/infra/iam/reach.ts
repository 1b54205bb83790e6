import type { Statement } from './statements.ts'

/**
 * The ARNs of the statements that reach beyond one environment, as sorted lines `SID ARN`. An ARN stays within when
 * it holds the environment's name between separators: `cluster/orders-prod` and `pg:orders-prod-*` do, `orders-prod*` and
 * `orders-prod2` do not. IAM matches a wildcard across separators, so one before the name reaches any account and region.
 * `name` is of lowercase letters, digits and `-`.
 */
export function reachBeyond(statements: readonly Statement[], name: string): string[] {
  const within = new RegExp(`^[^*?]*[:/]${name}(?:[-:/]|$)`)
  const lines = statements.flatMap(({ Sid, Resource }) =>
    Resource.filter((arn) => !within.test(arn)).map((arn) => `${Sid} ${arn}`),
  )
  return [...new Set(lines)].sort()
}
