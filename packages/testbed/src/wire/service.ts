import type { JsonObject } from './json.ts'

/** Who signed a request. */
export interface Caller {
  accessKeyId: string
  /** As GetCallerIdentity answers: `arn:aws:sts::111122223333:assumed-role/deployer/session`. */
  arn: string
}

export interface Call {
  operation: string
  caller: Caller
  requestId: string
}

/** One operation: takes the decoded request, returns the answer before it is encoded, or throws a ServiceError. */
export type Operation = (input: JsonObject, call: Call) => JsonObject | Promise<JsonObject>

/** How a service speaks on the wire (aws-model.md 1.1). */
export type Protocol =
  | { kind: 'json'; contentVersion: '1.0' | '1.1'; targetPrefix: string }
  | { kind: 'query'; version: string; namespace: string }

/** A token bucket that several operations of an account share (ecs-model.md 6.1). */
export interface Bucket {
  name: string
  burst: number
  perSecond: number
}

/** A right that IAM is asked for. */
export interface Permission {
  /** `iam:PassRole` */
  action: string
  /** As an access-denied text names it; undefined where AWS names none. */
  resource: string | undefined
}

/** An AWS service as the wire server hosts it. */
export interface Service {
  /** The signing name, which is also the prefix of its IAM actions: `ecs`, `elasticloadbalancing`. */
  name: string
  protocol: Protocol
  operations: Readonly<Record<string, Operation>>
  /** The buckets that a call draws on; a service may have a second bucket shared by all its operations. */
  buckets(operation: string): readonly Bucket[]
  /** The resource that an access-denied text names; undefined where AWS names none. */
  resource(operation: string, input: JsonObject): string | undefined
  /** What IAM checks as a part of a call besides its own action, such as a role that is passed; nothing when left out. */
  furtherPermissions?(operation: string, input: JsonObject): readonly Permission[]
}
