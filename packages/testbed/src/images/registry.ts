import type { Place } from '../wire/place.ts'
import type { ImageSource, ResolvedImage } from './image.ts'
import { readConfig } from './image-config.ts'
import { indexTypes, readDocument } from './manifest-document.ts'
import type { Manifest, OciImage } from './oci-image.ts'
import { forbidden, noDescriptorMatching, notFound, pullAccessDenied } from './pull-error.ts'
import { type ImageReference, parseReference } from './reference.ts'
import { type Repositories, type Repository, repositoryOf, storeImage } from './repositories.ts'
import { type UnpackedImages, unpackedImages } from './unpacked-images.ts'

/** Where an image is after a push. */
export interface PushedImage {
  /** By tag: `HOST/REPOSITORY:TAG`. */
  reference: string
  /** By digest: `HOST/REPOSITORY@DIGEST`. */
  uri: string
  /** Of the manifest or index. */
  digest: string
}

/** The private registry of one account and region, and what Fargate sees of it. */
export interface ImageRegistry extends ImageSource, AsyncDisposable {
  /** `ACCOUNT.dkr.ecr.REGION.amazonaws.com` */
  readonly host: string
  /** Further hosts at which the same registry answers, such as the address where its `/v2` API listens. */
  readonly aliases: Set<string>
  /** The store itself, for a registry API over it. */
  readonly repositories: Repositories
  /** Creates the repository when it is missing. */
  push(repository: string, tag: string, image: OciImage): PushedImage
  /** Lets a tag name what `from` (a tag or a digest) names. Throws when `from` is missing. */
  retag(repository: string, from: string, tag: string): PushedImage
  /** Deletes a tag, or a digest with all its tags; tells whether there was one. */
  remove(repository: string, tagOrDigest: string): boolean
}

/** Of an index that a task runs: its own digest, or that of the image which it lists for the task's platform. */
export type ReportedDigest = 'index' | 'platform'

/** Which of the two Fargate reports for an index is not known (ecs-model.md 7), so `reports` can be either. */
export function imageRegistry(place: Place, reports: ReportedDigest = 'index'): ImageRegistry {
  const suffix = place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  const host = `${place.accountId}.dkr.ecr.${place.region}.${suffix}`
  const aliases = new Set<string>()
  const repositories: Repositories = new Map()
  const unpacked = unpackedImages()
  const pushed = ({ name }: Repository, tag: string, digest: string): PushedImage => {
    return { reference: `${host}/${name}:${tag}`, uri: `${host}/${name}@${digest}`, digest }
  }
  return {
    host,
    aliases,
    repositories,
    push(name, tag, image) {
      const repository = repositoryOf(repositories, name)
      storeImage(repository, image)
      repository.tags.set(tag, image.manifest.digest)
      return pushed(repository, tag, image.manifest.digest)
    },
    retag(name, from, tag) {
      const repository = repositories.get(name)
      const digest = repository?.tags.get(from) ?? repository?.manifests.get(from)?.digest
      if (!repository || digest === undefined) throw new Error(`There is no ${from} in repository ${name}`)
      repository.tags.set(tag, digest)
      return pushed(repository, tag, digest)
    },
    remove(name, tagOrDigest) {
      const repository = repositories.get(name)
      return repository !== undefined && removeFrom(repository, tagOrDigest)
    },
    async resolve(reference, platform = 'linux/amd64') {
      const parts = parseReference(reference)
      if (parts?.host === 'docker.io') throw pullAccessDenied(parts)
      if (parts && isOfOtherAccount(parts.host, host)) throw forbidden(reference)
      const here = parts && (parts.host === host || aliases.has(parts.host))
      const repository = here ? repositories.get(parts.repository) : undefined
      if (!parts || !repository) throw notFound(reference)
      return resolveIn(repository, { reference, parts, platform, reports, unpacked })
    },
    [Symbol.asyncDispose]: () => unpacked[Symbol.asyncDispose](),
  }
}

interface Pull {
  reference: string
  parts: ImageReference
  platform: string
  reports: ReportedDigest
  unpacked: UnpackedImages
}

// A digest decides, whatever tag stands before it: container engines ignore the tag then.
function resolveIn(repository: Repository, pull: Pull): ResolvedImage {
  const { reference, parts, platform, reports, unpacked } = pull
  const digest = parts.digest ?? repository.tags.get(parts.tag ?? '')
  const named = repository.manifests.get(digest ?? '')
  if (!named) throw notFound(reference)
  const chosen = imageFor(platform, named, repository)
  const { config, layers } = readDocument(chosen.bytes) ?? noParts
  const blob = (wanted: string): Buffer => {
    const bytes = repository.blobs.get(wanted)
    if (!bytes) throw notFound(`${reference}: ${wanted}`)
    return bytes
  }
  const { architecture, config: settings } = readConfig(blob(config?.digest ?? ''))
  return {
    reference,
    digest: reports === 'index' ? named.digest : chosen.digest,
    architecture,
    config: settings,
    unpack: () => unpacked.root(chosen.digest, () => layers.map((layer) => blob(layer.digest))),
  }
}

const noParts = { config: undefined, layers: [] }

/** What is named, or what it lists for the platform where it is an index. */
function imageFor(platform: string, named: Manifest, { manifests }: Repository): Manifest {
  if (!indexTypes.includes(named.mediaType)) return named
  const listed = readDocument(named.bytes)?.manifests.find((image) => image.platform === platform)
  const image = manifests.get(listed?.digest ?? '')
  if (!image) throw noDescriptorMatching(platform)
  return image
}

/** Without a policy on its repository nobody from here gets in, whatever is there; such policies are not modelled. */
function isOfOtherAccount(host: string, ours: string): boolean {
  return /^\d{12}\.dkr\.ecr\./.test(host) && host.split('.')[0] !== ours.split('.')[0]
}

function removeFrom(repository: Repository, tagOrDigest: string): boolean {
  for (const [tag, digest] of repository.tags) {
    if (digest === tagOrDigest) repository.tags.delete(tag)
  }
  const untagged = repository.tags.delete(tagOrDigest)
  return repository.manifests.delete(tagOrDigest) || untagged
}
