import { ServiceError } from '../../wire/service-error.ts'

/** A refusal of the registry API (OCI distribution spec, "Error Codes"), with the statuses that ECR uses. */
export class RegistryError extends Error {
  override readonly name: string = 'RegistryError'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

// What ECR's own errors become on /v2 (aws-model.md 3.5). The last two are [assumed].
const spellings: Readonly<Record<string, [status: number, code: string]>> = {
  RepositoryNotFoundException: [404, 'NAME_UNKNOWN'],
  ImageTagAlreadyExistsException: [400, 'TAG_INVALID'],
  InvalidParameterException: [405, 'UNSUPPORTED'],
  LayersNotFoundException: [400, 'MANIFEST_BLOB_UNKNOWN'],
  ReferencedImagesNotFoundException: [400, 'MANIFEST_BLOB_UNKNOWN'],
}

/** The registry's form of an error that ECR's rules threw; undefined when it is none of them. */
export function asRegistryError(error: unknown): RegistryError | undefined {
  if (error instanceof RegistryError) return error
  const [status, code] = (error instanceof ServiceError && spellings[error.code]) || []
  if (!(error instanceof ServiceError) || status === undefined || code === undefined) return undefined
  return new RegistryError(status, code, error.message)
}

export function blobUnknown(): RegistryError {
  return new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry')
}

export function manifestUnknown(): RegistryError {
  return new RegistryError(404, 'MANIFEST_UNKNOWN', 'Requested image not found')
}

export function digestInvalid(): RegistryError {
  return new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content')
}
