import type { Credentials, Denial, Session } from './credentials.ts'
import type { Place } from './place.ts'
import type { Received } from './received.ts'
import { refuse } from './refusal.ts'
import type { Caller, Service } from './service.ts'
import { expectedSignature, parseAuthorization } from './sigv4.ts'

/** Verifies who signed the request. Throws AWS's refusal otherwise (aws-model.md 1.8). */
export function authenticate(
  request: Received,
  service: Service,
  place: Place,
  credentials: Credentials,
): Session {
  const authorization = parseAuthorization(request.headers.authorization)
  if (!authorization) throw refuse(service, 'no-credentials')
  const session = credentials.find(authorization.accessKeyId)
  if (!session || session.sessionToken !== request.headers['x-amz-security-token']) {
    throw refuse(service, 'unknown-key')
  }
  if (authorization.service !== service.name) {
    const text = `Credential should be scoped to correct service: '${service.name}'.`
    throw refuse(service, 'bad-signature', text)
  }
  if (authorization.region !== place.region) {
    throw refuse(service, 'bad-signature', 'Credential should be scoped to a valid region.')
  }
  if (expectedSignature(request, authorization, session.secretAccessKey) !== authorization.signature) {
    throw refuse(service, 'bad-signature')
  }
  if (session.expired) throw refuse(service, 'expired')
  return session
}

/** AWS's text for a call that is not allowed, e.g. `User: … is not authorized to perform: ecs:UpdateService on resource: …`. */
export function denialText(
  caller: Caller,
  action: string,
  resource: string | undefined,
  denial: Pick<Denial, 'explicit'>,
): string {
  const where = resource === undefined ? '' : ` on resource: ${resource}`
  const why = denial.explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`
  return `User: ${caller.arn} is not authorized to perform: ${action}${where} ${why}`
}
