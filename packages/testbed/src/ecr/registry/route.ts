/** The parts of the registry API (OCI distribution spec, "Endpoints"). */
export type Endpoint = 'ping' | 'manifest' | 'blob' | 'uploads' | 'upload' | 'tags' | 'referrers'

/** What a request is about. `operation` is the IAM action without its prefix; none is asked for a ping. */
export interface RegistryRoute {
  endpoint: Endpoint
  operation: string
  repository: string
  /** Tag, digest or upload id; empty where there is none. */
  reference: string
}

const patterns: readonly [Endpoint, RegExp][] = [
  ['ping', /^\/v2\/?$/],
  ['manifest', /^\/v2\/(?<repository>.+)\/manifests\/(?<reference>[^/]+)$/],
  ['uploads', /^\/v2\/(?<repository>.+)\/blobs\/uploads\/?$/],
  ['upload', /^\/v2\/(?<repository>.+)\/blobs\/uploads\/(?<reference>[^/]+)$/],
  ['blob', /^\/v2\/(?<repository>.+)\/blobs\/(?<reference>[^/]+)$/],
  ['tags', /^\/v2\/(?<repository>.+)\/tags\/list$/],
  ['referrers', /^\/v2\/(?<repository>.+)\/referrers\/(?<reference>[^/]+)$/],
]

// ECR user guide, "IAM permissions for pushing an image", and the texts of its denials. A missing method is refused.
const operations: Readonly<Record<Endpoint, Readonly<Record<string, string>>>> = {
  ping: { GET: 'Ping', HEAD: 'Ping' },
  manifest: { GET: 'BatchGetImage', HEAD: 'BatchGetImage', PUT: 'PutImage', DELETE: 'BatchDeleteImage' },
  blob: { GET: 'GetDownloadUrlForLayer', HEAD: 'BatchCheckLayerAvailability' },
  uploads: { POST: 'InitiateLayerUpload' },
  upload: {
    GET: 'UploadLayerPart',
    PATCH: 'UploadLayerPart',
    PUT: 'CompleteLayerUpload',
    DELETE: 'CompleteLayerUpload',
  },
  tags: { GET: 'ListImages' },
  referrers: { GET: 'BatchGetImage' },
}

/** undefined for a path or a method that the registry does not have. */
export function registryRoute(method: string, path: string): RegistryRoute | undefined {
  for (const [endpoint, pattern] of patterns) {
    const match = pattern.exec(path)
    if (!match) continue
    const operation = operations[endpoint][method]
    if (operation === undefined) return undefined
    const { repository = '', reference = '' } = match.groups ?? {}
    return { endpoint, operation, repository, reference: decodeURIComponent(reference) }
  }
  return undefined
}
