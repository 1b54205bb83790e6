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
  /** That the image bears, in seconds since the epoch. */
  time: number
  metadataFile: string
}

/** Where the cache comes from and goes to, as image references. */
export interface CachePlan {
  kind: 'registry' | 'inline' | 'off'
  from: readonly string[]
  /** undefined where the cache is only read. */
  to: string | undefined
}

/** What follows `docker` on the command line. The context is the last argument, and no option whatever it is called. */
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
    '--',
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
 * With a cache the same commit gets the same layers from there. Without one the clock of the files is left out of the layers, where
 * the builder can do that: it unpacks and packs every layer once more for each commit, cached or not, which takes longer than all
 * else of a cached build. The engine's own builder can only if it does not keep the image, which is a saving in any case.
 * The image's time is given here and not as SOURCE_DATE_EPOCH, which is part of a WORKDIR's cache key: each commit would build all
 * that comes after one anew. Source: BuildKit, "Build reproducibility".
 */
function outputs({ image, push, load, cache, time }: BuildRequest, builder: Builder): string[] {
  if (!push && !load) return ['type=cacheonly']
  const reproducible = isFull(builder) && cache.kind === 'off' ? ',rewrite-timestamp=true' : ''
  const unkept = builder.driver === 'docker' && isFull(builder) ? ',unpack=false,store=false' : ''
  const media = isFull(builder) ? ',oci-mediatypes=true' : ''
  const created = isFull(builder) ? `,source-date-epoch=${time}` : ''
  // The metadata file tells the digest of the last one alone, and what the engine gets can have another.
  return [
    ...(load ? [`type=docker,name=${image}${created}`] : []),
    ...(push ? [`type=image,name=${image},push=true${media}${created}${unkept}${reproducible}`] : []),
  ]
}

function given(option: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${option}=${value}`]
}
