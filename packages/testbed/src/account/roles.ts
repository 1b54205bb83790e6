/** What a role's policies may lack. */
export type RoleAction =
  | 'ecr:GetAuthorizationToken'
  | 'ecr:BatchGetImage'
  | 'secretsmanager:GetSecretValue'
  | 'ssm:GetParameters'

/** The roles of the account. Each has every right until a test takes one away. */
export interface Roles {
  deny(roleArn: string, action: RoleAction): void
  allow(roleArn: string, action: RoleAction): void
  mayDo(roleArn: string, action: RoleAction): boolean
}

export function roles(): Roles {
  const denied = new Set<string>()
  const key = (roleArn: string, action: RoleAction): string => `${roleArn} ${action}`
  return {
    deny: (roleArn, action) => void denied.add(key(roleArn, action)),
    allow: (roleArn, action) => void denied.delete(key(roleArn, action)),
    mayDo: (roleArn, action) => !denied.has(key(roleArn, action)),
  }
}
