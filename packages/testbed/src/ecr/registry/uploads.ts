import { randomUUID } from 'node:crypto'
import { digestOf } from '../../images/digest.ts'
import { readDocument } from '../../images/manifest-document.ts'
import { digestInvalid, RegistryError } from './registry-error.ts'
import type { RegistryCall, RegistryReply } from './reply.ts'

/** Blobs on their way in, by upload id. */
export type Uploads = Map<string, { repository: string; parts: Buffer[] }>

function accepted(call: RegistryCall, id: string, status = 202): RegistryReply {
  const received = lengthOf(call.uploads.get(id)?.parts ?? [])
  return {
    status,
    headers: {
      location: `http://${call.ecr.host}/v2/${call.repository.name}/blobs/uploads/${id}`,
      range: `0-${Math.max(0, received - 1)}`,
      'docker-upload-uuid': id,
    },
  }
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function stored({ ecr, repository }: RegistryCall, digest: string): RegistryReply {
  const location = `http://${ecr.host}/v2/${repository.name}/blobs/${digest}`
  return { status: 201, headers: { location, 'docker-content-digest': digest } }
}

/** Begins an upload, takes a whole blob at once, or mounts one that another repository has. */
export function startUpload(call: RegistryCall): RegistryReply {
  const { query, request, repository, uploads } = call
  const [digest, mount] = [query.get('digest'), query.get('mount')]
  if (mount !== null && mounts(call, query.get('from') ?? '', mount)) return stored(call, mount)
  if (digest !== null) return store(call, request.body, digest)
  const id = randomUUID()
  uploads.set(id, { repository: repository.name, parts: [] })
  return accepted(call, id)
}

/** Only with the account's setting, and only what a manifest of the source refers to (aws-model.md 3.5). */
function mounts({ ecr, repository }: RegistryCall, from: string, digest: string): boolean {
  if (ecr.accountSettings.get('BLOB_MOUNTING') !== 'ENABLED') return false
  const source = ecr.repositories.get(from)
  const blob = source?.blobs.get(digest)
  const referred = [...(source?.manifests.values() ?? [])].some(({ bytes }) => {
    const document = readDocument(bytes)
    return [document?.config, ...(document?.layers ?? [])].some((part) => part?.digest === digest)
  })
  if (!blob || !referred) return false
  repository.blobs.set(digest, blob)
  return true
}

function upload({ uploads, route, repository }: RegistryCall): { parts: Buffer[] } {
  const found = uploads.get(route.reference)
  if (found?.repository === repository.name) return found
  throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry')
}

/** One part. A `content-range` must begin where the part before ended. */
export function uploadPart(call: RegistryCall): RegistryReply {
  const { parts } = upload(call)
  const { method, body, headers } = call.request
  if (method === 'GET') return accepted(call, call.route.reference, 204)
  const range = headers['content-range']
  if (range !== undefined && Number.parseInt(range.replace('bytes ', ''), 10) !== lengthOf(parts)) {
    return accepted(call, call.route.reference, 416)
  }
  parts.push(body)
  return accepted(call, call.route.reference)
}

/** Ends an upload, with the last or the only part in the request; DELETE gives it up. */
export function finishUpload(call: RegistryCall): RegistryReply {
  const { parts } = upload(call)
  const { method, body } = call.request
  if (method === 'DELETE') {
    call.uploads.delete(call.route.reference)
    return { status: 204, headers: {} }
  }
  const reply = store(call, Buffer.concat([...parts, body]), call.query.get('digest') ?? '')
  call.uploads.delete(call.route.reference)
  return reply
}

function store(call: RegistryCall, bytes: Buffer, digest: string): RegistryReply {
  if (digestOf(bytes) !== digest) throw digestInvalid()
  call.repository.blobs.set(digest, bytes)
  return stored(call, digest)
}
