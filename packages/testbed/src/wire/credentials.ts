import { randomBytes } from 'node:crypto'
import { defaultPlace, type Place } from './place.ts'
import type { Caller } from './service.ts'

/** A set of temporary credentials that the local AWS accepts. */
export interface Session extends Caller {
  secretAccessKey: string
  sessionToken: string
  expired: boolean
}

/** One line of what the deploying role may not do. */
export interface Denial {
  /** `ecs:UpdateService`; `*` matches any run of characters, as in an IAM policy. */
  action: string
  /** An ARN or a pattern of one; any resource when absent. */
  resource?: string
  /** An explicit deny statement instead of a missing allow; only the text differs. */
  explicit?: boolean
}

/** A statement that allows. Conditions are not evaluated, so that what holds with one may be allowed too much here. */
export interface Grant {
  /** As in an IAM policy; `*` matches any run of characters. */
  actions: readonly string[]
  resources: readonly string[]
}

/** Who may call the local AWS, and what they may not do. Everything is allowed until denied. */
export interface Credentials {
  /** The deploying role's session, of which an action is given the keys. */
  readonly session: Session
  find(accessKeyId: string): Session | undefined
  /** What a runner's credentials step leaves in the environment. */
  environment(): Record<string, string>
  /** Ends the session: its calls answer ExpiredToken from now on. */
  expire(): void
  deny(action: string, options?: Omit<Denial, 'action'>): void
  /** Allows nothing but what a statement names, as a role's policy does. `undefined` allows everything again. */
  allowOnly(grants: readonly Grant[] | undefined): void
  /** Takes back every denial of exactly this action. */
  allow(action: string): void
  /** The denial that stops a call, if one does. The resource is asked for only when a denial names the action. */
  denial(action: string, resource: () => string | undefined): Denial | undefined
}

function matches(pattern: string, value: string): boolean {
  const literal = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll('*', '.*')}$`, 'is').test(value)
}

function newSession(place: Place): Session {
  const letters = [...randomBytes(16)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('')
  return {
    // ASIA marks the key of a temporary session, as a runner's role session has.
    accessKeyId: `ASIA${letters}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(120).toString('base64'),
    arn: `arn:${place.partition}:sts::${place.accountId}:assumed-role/deployer/github`,
    expired: false,
  }
}

/** Credentials of one role session, new on every call so that nothing can come to depend on a literal key. */
export function credentials(place: Place = defaultPlace): Credentials {
  const session = newSession(place)
  let denials: Denial[] = []
  let allowed: readonly Grant[] | undefined
  const isGranted = (action: string, resource: () => string | undefined): boolean =>
    allowed?.some(
      ({ actions, resources }) =>
        actions.some((pattern) => matches(pattern, action)) &&
        resources.some((pattern) => matches(pattern, resource() ?? '*')),
    ) ?? true
  return {
    session,
    find: (accessKeyId) => (accessKeyId === session.accessKeyId ? session : undefined),
    environment: () => ({
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken,
    }),
    expire: () => {
      session.expired = true
    },
    deny: (action, options = {}) => {
      denials.push({ action, ...options })
    },
    allowOnly: (grants) => {
      allowed = grants
    },
    allow: (action) => {
      denials = denials.filter((denial) => denial.action !== action)
    },
    denial: (action, resource) =>
      denials
        .filter((denial) => matches(denial.action, action))
        .find((denial) => matches(denial.resource ?? '*', resource() ?? '*')) ??
      (isGranted(action, resource) ? undefined : { action }),
  }
}
