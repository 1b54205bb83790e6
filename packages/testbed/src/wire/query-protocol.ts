import type { Codec } from './codec.ts'
import { InputError } from './input.ts'
import { decodeForm } from './query-form.ts'
import { element } from './xml.ts'

/** The query protocol: a form in, XML out (aws-model.md 1.3 to 1.5). `namespace` is the service's XML namespace. */
export function queryCodec(namespace: string): Codec {
  return {
    contentType: 'text/xml',
    decode: decodeForm,
    encode: (operation, output, requestId) => {
      const result = element(`${operation}Result`, output)
      const metadata = element('ResponseMetadata', { RequestId: requestId })
      return `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`
    },
    encodeError: (error, requestId) => {
      const Type = error.status >= 500 ? 'Receiver' : 'Sender'
      const Code = error instanceof InputError ? 'ValidationError' : error.code
      const body = element('Error', { Type, Code, Message: error.message })
      return `<ErrorResponse xmlns="${namespace}">${body}${element('RequestId', requestId)}</ErrorResponse>`
    },
  }
}
