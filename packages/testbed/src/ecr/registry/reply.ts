import type { Repository } from '../../images/repositories.ts'
import type { Received } from '../../wire/received.ts'
import type { EcrWorld } from '../world.ts'
import type { LayerStore } from './layer-store.ts'
import type { RegistryError } from './registry-error.ts'
import type { RegistryRoute } from './route.ts'
import type { Uploads } from './uploads.ts'

export interface RegistryReply {
  status: number
  headers: Readonly<Record<string, string>>
  body?: string | Buffer
}

/** A request that passed authentication, with the repository that it is about. */
export interface RegistryCall {
  ecr: EcrWorld
  request: Received
  route: RegistryRoute
  repository: Repository
  query: URLSearchParams
  uploads: Uploads
  layers: LayerStore
}

const plain = 'text/plain; charset=utf-8'

/** A JSON answer under the content type that ECR gives it. */
export function textReply(document: object, headers: Readonly<Record<string, string>> = {}): RegistryReply {
  return { status: 200, headers: { 'content-type': plain, ...headers }, body: JSON.stringify(document) }
}

/** The errors document of the OCI distribution spec. */
export function errorReply({ status, code, message, headers }: RegistryError): RegistryReply {
  const body = JSON.stringify({ errors: [{ code, message }] })
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body }
}

/** What ECR says to a request without a password that it knows: no errors document, and Basic as the only scheme. */
export function notAuthorized(host: string): RegistryReply {
  const challenge = `Basic realm="http://${host}/",service="ecr.amazonaws.com"`
  return {
    status: 401,
    headers: { 'content-type': plain, 'www-authenticate': challenge },
    body: 'Not Authorized\n',
  }
}
