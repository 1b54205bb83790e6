import { denialText } from '../../wire/authentication.ts'
import type { Buckets } from '../../wire/buckets.ts'
import type { Credentials } from '../../wire/credentials.ts'
import type { Received } from '../../wire/received.ts'
import type { Caller, Service } from '../../wire/service.ts'
import { isUnknownYet } from '../consistency.ts'
import { repositoryNotFound } from '../errors.ts'
import { type EcrWorld, repositoryArn } from '../world.ts'
import { getBlob } from './blobs.ts'
import type { LayerStore } from './layer-store.ts'
import { deleteManifest, getManifest, listReferrers, putManifest } from './manifests.ts'
import { RegistryError } from './registry-error.ts'
import { expired, injectedReply, type RegistryFault, throttled } from './registry-fault.ts'
import { notAuthorized, type RegistryCall, type RegistryReply, textReply } from './reply.ts'
import type { RegistryRoute } from './route.ts'
import { listTags } from './tags-list.ts'
import { finishUpload, startUpload, type Uploads, uploadPart } from './uploads.ts'

/** The registry as all its requests see it. */
export interface Registry {
  ecr: EcrWorld
  service: Service
  credentials: Credentials
  buckets: Buckets | undefined
  uploads: Uploads
  layers: LayerStore
}

const handlers: Readonly<Record<string, (call: RegistryCall) => RegistryReply>> = {
  BatchGetImage: (call) => (call.route.endpoint === 'referrers' ? listReferrers(call) : getManifest(call)),
  PutImage: putManifest,
  BatchDeleteImage: deleteManifest,
  BatchCheckLayerAvailability: getBlob,
  GetDownloadUrlForLayer: getBlob,
  InitiateLayerUpload: startUpload,
  UploadLayerPart: uploadPart,
  CompleteLayerUpload: finishUpload,
  ListImages: listTags,
}

/** Takes a request through the registry in ECR's order: password, rate, permission, repository, the request itself. */
export function serve(
  registry: Registry,
  request: Received,
  route: RegistryRoute | undefined,
  injected: readonly RegistryFault[],
): RegistryReply {
  const { ecr } = registry
  if (!route) return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' }
  for (const fault of injected) {
    const reply = injectedReply(fault, ecr.host)
    if (reply) return reply
  }
  const standing = ecr.tokens.standing(passwordOf(request.headers.authorization) ?? '')
  if (standing.kind === 'unknown') return notAuthorized(ecr.host)
  if (standing.kind === 'expired') throw expired
  if (route.endpoint === 'ping') return textReply({})
  if (registry.buckets && !registry.buckets.take(registry.service, route.operation)) throw throttled
  const denied = injected.some(({ kind }) => kind === 'denied')
  refuseDenied(registry, route, standing.caller, denied)
  const repository = ecr.repositories.get(route.repository)
  if (!repository || isUnknownYet(ecr, repository))
    throw repositoryNotFound(route.repository, ecr.place.accountId)
  const handle = handlers[route.operation]
  if (!handle) throw new Error(`the registry has no handler for ${route.operation}`)
  const { uploads, layers } = registry
  return handle({
    ecr,
    request,
    route,
    repository,
    uploads,
    layers,
    query: new URLSearchParams(request.query),
  })
}

/** The password of a Basic authorization by the user `AWS`. */
function passwordOf(authorization = ''): string | undefined {
  const encoded = /^basic (.+)$/i.exec(authorization)?.[1] ?? ''
  return /^AWS:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString())?.[1]
}

function refuseDenied(registry: Registry, route: RegistryRoute, caller: Caller, always: boolean): void {
  const action = `ecr:${route.operation}`
  const resource = repositoryArn(registry.ecr.place, route.repository)
  const denial = always ? {} : registry.credentials.denial(action, () => resource)
  if (denial) throw new RegistryError(403, 'DENIED', denialText(caller, action, resource, denial))
}
