import type { Pair } from '../input-forms.ts'
import { type Builder, isFull } from './builder.ts'

/** A build in all that matters to `docker buildx build`. */
export interface BuildRequest {
  context: string
  file: string | undefined
  target: string | undefined
  platforms: readonly string[] | undefined
  buildArgs: readonly string[] | undefined
  secrets: readonly Pair[] | undefined
  labels: readonly Pair[]
  extraArgs: readonly string[] | undefined
  pull: boolean
  noCache: boolean
  /** `HOST/NAME:TAG` */
  image: string
  push: boolean
  load: boolean
  cache: CachePlan
  metadataFile: string
}

/** Where the cache comes from and goes to, as image references. */
export interface CachePlan {
  kind: 'registry' | 'inline' | 'off'
  from: readonly string[]
  /** undefined where the cache is only read. */
  to: string | undefined
}

/** What follows `docker` on the command line. The context is the last argument. */
export function buildArguments(request: BuildRequest, builder: Builder): string[] {
  return [
    'buildx',
    'build',
    '--progress=plain',
    // An attestation holds the time of the build, so with one the same commit has another digest each time.
    '--provenance=false',
    '--sbom=false',
    `--metadata-file=${request.metadataFile}`,
    ...given('--file', request.file),
    ...given('--target', request.target),
    ...(request.platforms?.length ? [`--platform=${request.platforms.join(',')}`] : []),
    ...(request.buildArgs ?? []).map((pair) => `--build-arg=${pair}`),
    ...(request.secrets ?? []).map(({ name, value }) => `--secret=id=${name},env=${value}`),
    ...request.labels.map(({ name, value }) => `--label=${name}=${value}`),
    ...(request.pull ? ['--pull'] : []),
    ...(request.noCache ? ['--no-cache'] : []),
    ...cacheArguments(request.cache),
    ...outputs(request, builder).map((output) => `--output=${output}`),
    ...(request.extraArgs ?? []),
    request.context,
  ]
}

/** Source: Docker, "Registry cache" and "Inline cache". Amazon ECR takes a cache only as an OCI image manifest. */
function cacheArguments({ kind, from, to }: CachePlan): string[] {
  const read = from.map((ref) => `--cache-from=type=registry,ref=${ref}`)
  if (kind === 'off') return []
  if (kind === 'inline') return [...read, ...(to === undefined ? [] : ['--cache-to=type=inline'])]
  const options = 'mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true'
  return [...read, ...(to === undefined ? [] : [`--cache-to=type=registry,ref=${to},${options}`])]
}

/**
 * The clock of the files is left out of the layers where the builder can do that. The engine's own builder can only if it does not keep
 * the image. Source: BuildKit, "Build reproducibility".
 */
function outputs({ image, push, load }: BuildRequest, builder: Builder): string[] {
  if (!push && !load) return ['type=cacheonly']
  const reproducible = isFull(builder) ? ',rewrite-timestamp=true' : ''
  const unkept = builder.driver === 'docker' && isFull(builder) ? ',unpack=false,store=false' : ''
  const media = isFull(builder) ? ',oci-mediatypes=true' : ''
  return [
    ...(push ? [`type=image,name=${image},push=true${media}${unkept}${reproducible}`] : []),
    ...(load ? [`type=docker,name=${image}`] : []),
  ]
}

function given(option: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${option}=${value}`]
}
