import { randomBytes } from 'node:crypto'
import type { Clock } from '../time/clock.ts'
import type { Caller } from '../wire/service.ts'

const twelveHours = 12 * 3600

/** What a password of the registry is good for. */
export type Standing = { kind: 'valid'; caller: Caller } | { kind: 'expired' } | { kind: 'unknown' }

/** The authorization tokens of the registry. */
export interface Tokens {
  /** A new password for the user `AWS`; `expiresAt` is milliseconds since the epoch. */
  issue(caller: Caller): { password: string; expiresAt: number }
  standing(password: string): Standing
  /** Ends the life of every token handed out so far, as twelve hours would: the registry answers 403. */
  expire(): void
  /** Forgets every token handed out so far: the registry answers 401, as to a password that never was one. */
  revoke(): void
}

/** `lifetime` is in seconds of the clock's `now()`, because the answer names the end as a real time. */
export function tokens(clock: Clock, lifetime: number = twelveHours): Tokens {
  const issued = new Map<string, { caller: Caller; expiresAt: number }>()
  return {
    issue(caller) {
      // AWS's tokens are of about this length, which is too long for some places that people put passwords in.
      const password = randomBytes(1350).toString('base64')
      const expiresAt = clock.now() + lifetime * 1000
      issued.set(password, { caller, expiresAt })
      return { password, expiresAt }
    },
    standing(password) {
      const token = issued.get(password)
      if (!token) return { kind: 'unknown' }
      return token.expiresAt <= clock.now() ? { kind: 'expired' } : { kind: 'valid', caller: token.caller }
    },
    expire() {
      for (const token of issued.values()) token.expiresAt = clock.now()
    },
    revoke: () => issued.clear(),
  }
}
