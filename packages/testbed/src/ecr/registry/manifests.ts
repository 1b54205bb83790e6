import { digestOf } from '../../images/digest.ts'
import { indexTypes, readDocument } from '../../images/manifest-document.ts'
import type { Manifest } from '../../images/oci-image.ts'
import { asRead } from '../consistency.ts'
import { deleteImage } from '../operations/images.ts'
import { storeManifest } from '../store-manifest.ts'
import { digestInvalid, manifestUnknown, RegistryError } from './registry-error.ts'
import { type RegistryCall, type RegistryReply, textReply } from './reply.ts'

const isDigest = (reference: string): boolean => reference.startsWith('sha256:')

function namedManifest({ ecr, route, ...call }: RegistryCall): Manifest {
  const repository = asRead(ecr, call.repository)
  const digest = isDigest(route.reference) ? route.reference : repository.tags.get(route.reference)
  const manifest = repository.manifests.get(digest ?? '')
  if (!manifest) throw manifestUnknown()
  return manifest
}

/** The exact bytes. ECR names the digest in the answer to HEAD only (aws-model.md 3.5). */
export function getManifest(call: RegistryCall): RegistryReply {
  const { digest, mediaType, bytes } = namedManifest(call)
  const headers = { 'content-type': mediaType, 'content-length': String(bytes.length) }
  if (call.request.method === 'HEAD') {
    return { status: 200, headers: { ...headers, 'docker-content-digest': digest, sizes: '' } }
  }
  call.ecr.records.image(call.repository, digest).pulledAt = call.ecr.clock.now()
  return { status: 200, headers, body: bytes }
}

/** Stores a manifest by tag or by its digest. The same bytes under the same tag are no error here. */
export function putManifest(call: RegistryCall): RegistryReply {
  const { ecr, repository, request, route } = call
  const byDigest = isDigest(route.reference)
  if (byDigest && digestOf(request.body) !== route.reference) throw digestInvalid()
  if (!byDigest && !/^\w[\w.-]{0,127}$/.test(route.reference)) {
    throw new RegistryError(404, 'NAME_INVALID', 'invalid tag name')
  }
  const { digest, subject } = storeManifest(ecr, repository, {
    bytes: request.body,
    mediaType: request.headers['content-type'],
    tag: byDigest ? undefined : route.reference,
  })
  // ECR sends no Location here.
  const headers = { 'docker-content-digest': digest }
  return { status: 201, headers: subject === undefined ? headers : { ...headers, 'oci-subject': subject } }
}

export function deleteManifest({ repository, route }: RegistryCall): RegistryReply {
  const [digest, tag] = isDigest(route.reference)
    ? [route.reference, undefined]
    : [undefined, route.reference]
  const outcome = deleteImage(repository, { digest, tag })
  if (Array.isArray(outcome)) return { status: 202, headers: {} }
  throw outcome.code === 'ImageNotFound'
    ? manifestUnknown()
    : new RegistryError(400, 'DENIED', outcome.reason)
}

/** What is attached to a manifest (OCI 1.1). Clients that fall back to the tag `sha256-…` find an ordinary tag. */
export function listReferrers({ repository, route, query }: RegistryCall): RegistryReply {
  const wanted = query.get('artifactType')
  const manifests = [...repository.manifests.values()].flatMap(({ digest, mediaType, bytes }) => {
    const document = readDocument(bytes)
    const artifactType = document?.artifactType ?? document?.config?.mediaType
    if (document?.subject !== route.reference || (wanted !== null && wanted !== artifactType)) return []
    return { mediaType, digest, size: bytes.length, artifactType, annotations: document.annotations }
  })
  const mediaType = indexTypes.find((type) => type.includes('oci')) ?? ''
  const filtered: Record<string, string> = wanted === null ? {} : { 'oci-filters-applied': 'artifactType' }
  return textReply({ schemaVersion: 2, mediaType, manifests }, { 'content-type': mediaType, ...filtered })
}
