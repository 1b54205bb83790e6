import type { JsonObject } from './json.ts'

/** A call as the local AWS received it, retries included. */
export interface RecordedCall {
  /** The signing name, e.g. `ecs`. */
  service: string
  operation: string
  /** Decoded, with members that no SDK knows. */
  input: JsonObject
  /** Milliseconds since the epoch. */
  at: number
  /** `ok`, an error code, `hang`, `reset`, or `pending` while it is being worked on. */
  outcome: string
  /** What was answered, after faults changed it; only when `ok`. */
  output?: JsonObject
  /** What IAM was asked, in order: `ecs:RegisterTaskDefinition`, `iam:PassRole`. Empty when the call did not get that far. */
  permissions: string[]
  /** The SDK's own count, from 1; 1 when the client sent none. */
  attempt: number
  userAgent: string
}

/** Every call, in the order of arrival. */
export interface CallLog {
  all(): readonly RecordedCall[]
  of(service: string, operation: string): readonly RecordedCall[]
}

/** The writing side. */
export interface CallRecorder extends CallLog {
  add(call: RecordedCall): void
}

export function callRecorder(): CallRecorder {
  const calls: RecordedCall[] = []
  return {
    add: (call) => void calls.push(call),
    all: () => [...calls],
    of: (service, operation) =>
      calls.filter((call) => call.service === service && call.operation === operation),
  }
}
