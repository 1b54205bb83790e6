import type { Codec } from './codec.ts'
import { isObject, type JsonObject } from './json.ts'
import { ServiceError } from './service-error.ts'

function decode(body: string): JsonObject {
  if (body === '') return {}
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    // Falls through: text that is no JSON is answered like JSON that is no object.
  }
  if (isObject(value)) return value
  throw new ServiceError('SerializationException', 'Start of structure or map found where not expected.')
}

/** AWS JSON 1.0 and 1.1, which differ only in their content type (aws-model.md 1.3 to 1.5). */
export function jsonCodec(version: '1.0' | '1.1'): Codec {
  return {
    contentType: `application/x-amz-json-${version}`,
    decode,
    encode: (_operation, output) => JSON.stringify(output),
    encodeError: ({ code, message, members }) => JSON.stringify({ __type: code, message, ...members }),
  }
}
