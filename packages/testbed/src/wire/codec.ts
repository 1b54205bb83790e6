import type { JsonObject } from './json.ts'
import type { ServiceError } from './service-error.ts'

/** How one protocol writes a call and its answer as text. */
export interface Codec {
  contentType: string
  /** Throws a ServiceError when the body is not what the protocol carries. */
  decode(body: string): JsonObject
  encode(operation: string, output: JsonObject, requestId: string): string
  encodeError(error: ServiceError, requestId: string): string
}
