import type { ErrorCode } from '../action/action-error.ts'

/** What the SDK's errors have in common, read without trusting their shape. */
export interface SdkError {
  /** AWS's error code for service errors; the name of the class otherwise. */
  name: string
  message: string
  /** Node's code of a failed connection. */
  code: string | undefined
  /** HTTP status; undefined when no answer arrived. */
  status: number | undefined
}

const DENIED = ['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'AuthorizationErrorException']
const NO_CREDENTIALS = [
  'CredentialsProviderError',
  'TokenProviderError',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
]
const BAD_CREDENTIALS = [
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
]
// The SDK retries LimitExceededException as throttling too, but for a caller it is a quota that waiting does not lift.
const THROTTLED =
  /^(Throttl(ing|ed)(Exception)?|TooManyRequestsException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|EC2ThrottledException|BandwidthLimitExceeded|PriorRequestNotComplete)$/
const CONNECTION =
  /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/

export function readSdkError(error: unknown): SdkError | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const metadata = '$metadata' in error && isRecord(error.$metadata) ? error.$metadata : {}
  const status = typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined
  return { name: error.name, message: error.message, code, status }
}

/** Sources: aws-sdk-js-v3's retry classification; the common errors of the services' API references. */
export function kindOf({ name, code, status, message }: SdkError): ErrorCode {
  if (DENIED.includes(name)) return 'access-denied'
  if (NO_CREDENTIALS.includes(name) || BAD_CREDENTIALS.includes(name)) return 'credentials'
  if (THROTTLED.test(name) || status === 429) return 'throttled'
  if (status !== undefined && status >= 500) return 'service-fault'
  if (name === 'TimeoutError' || name === 'AbortError' || (code !== undefined && CONNECTION.test(code)))
    return 'network'
  if (message === 'Region is missing') return 'invalid-input'
  if (name === 'SyntaxError' || message.includes('XML parse error')) return 'incomplete-response'
  if (/NotFound(Exception)?$/.test(name)) return 'not-found'
  return status === undefined ? 'unexpected' : 'rejected'
}

/** Of the errors of kind `credentials`: true when there are none, false when AWS did not accept those that it got. */
export function lacksCredentials(name: string): boolean {
  return NO_CREDENTIALS.includes(name)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
