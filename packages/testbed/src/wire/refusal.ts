import type { Service } from './service.ts'
import { ServiceError } from './service-error.ts'

/** What the front of every AWS service can answer before, or instead of, the operation itself. */
export type RefusalKind =
  | 'expired'
  | 'unknown-key'
  | 'bad-signature'
  | 'no-credentials'
  | 'denied'
  | 'throttled'
  | 'unknown-operation'
  | 'internal'

interface Spelling {
  code: string
  status: number
}

// The two protocols differ in names and in statuses: 400 throughout for JSON, 403 for query (aws-model.md 1.8, 1.9).
const spellings: Record<RefusalKind, Record<'json' | 'query', Spelling>> = {
  expired: {
    json: { code: 'ExpiredTokenException', status: 400 },
    query: { code: 'ExpiredToken', status: 403 },
  },
  'unknown-key': {
    json: { code: 'UnrecognizedClientException', status: 400 },
    query: { code: 'InvalidClientTokenId', status: 403 },
  },
  'bad-signature': {
    json: { code: 'InvalidSignatureException', status: 400 },
    query: { code: 'SignatureDoesNotMatch', status: 403 },
  },
  'no-credentials': {
    json: { code: 'MissingAuthenticationTokenException', status: 400 },
    query: { code: 'MissingAuthenticationToken', status: 403 },
  },
  denied: {
    json: { code: 'AccessDeniedException', status: 400 },
    query: { code: 'AccessDenied', status: 403 },
  },
  throttled: {
    json: { code: 'ThrottlingException', status: 400 },
    query: { code: 'Throttling', status: 400 },
  },
  'unknown-operation': {
    json: { code: 'UnknownOperationException', status: 400 },
    query: { code: 'InvalidAction', status: 400 },
  },
  internal: {
    json: { code: 'InternalFailure', status: 500 },
    query: { code: 'InternalFailure', status: 500 },
  },
}

// Where a service has a modelled class for its own failures, clients see that class.
const internalCodes: Readonly<Record<string, string>> = {
  ecs: 'ServerException',
  ecr: 'ServerException',
  logs: 'ServiceUnavailableException',
}

const texts: Partial<Record<RefusalKind, string>> = {
  expired: 'The security token included in the request is expired',
  'unknown-key': 'The security token included in the request is invalid.',
  'bad-signature':
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  'no-credentials': 'Missing Authentication Token',
  throttled: 'Rate exceeded',
  internal: 'Service Unavailable. Please try again later.',
}

/** A refusal as the given service spells it. `message` is needed where AWS's text depends on the call. */
export function refuse(
  service: Service,
  kind: RefusalKind,
  message: string = texts[kind] ?? '',
): ServiceError {
  const { code, status } = spellings[kind][service.protocol.kind]
  const spelled = kind === 'internal' ? (internalCodes[service.name] ?? code) : code
  return new ServiceError(spelled, message, status)
}
