import { blobUnknown } from './registry-error.ts'
import type { RegistryCall, RegistryReply } from './reply.ts'

/** HEAD tells size and digest; GET leads to where the layers are kept, as ECR leads to S3. */
export function getBlob({ repository, request, route, layers }: RegistryCall): RegistryReply {
  const digest = route.reference
  const bytes = repository.blobs.get(digest)
  if (!bytes) throw blobUnknown()
  if (request.method === 'GET') return { status: 307, headers: { location: layers.urlOf(bytes) } }
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
      'docker-content-digest': digest,
      'accept-ranges': 'bytes',
    },
  }
}
