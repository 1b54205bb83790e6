import type { Codec } from './codec.ts'
import { jsonCodec } from './json-protocol.ts'
import { queryCodec } from './query-protocol.ts'
import type { Protocol } from './service.ts'

/** The codec that a service speaks through. */
export function codecOf(protocol: Protocol): Codec {
  return protocol.kind === 'json' ? jsonCodec(protocol.contentVersion) : queryCodec(protocol.namespace)
}
