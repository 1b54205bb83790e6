import type { Manifest, OciImage } from './oci-image.ts'

/**
 * What a registry stores of one repository. Bytes are kept exactly as they came, under the digest of those bytes,
 * so that a registry API over the same store answers with what the pushing client sent.
 */
export interface Repository {
  name: string
  /** Layers and configs by digest. */
  blobs: Map<string, Buffer>
  /** Manifests and indexes by digest. Untagging leaves them here. */
  manifests: Map<string, Manifest>
  /** Digest by tag. */
  tags: Map<string, string>
}

/** The repositories of one registry by name. */
export type Repositories = Map<string, Repository>

/** The repository of that name; a new, empty one when there is none. */
export function repositoryOf(repositories: Repositories, name: string): Repository {
  const existing = repositories.get(name)
  if (existing) return existing
  const repository: Repository = { name, blobs: new Map(), manifests: new Map(), tags: new Map() }
  repositories.set(name, repository)
  return repository
}

/** Stores an image with everything that it refers to. */
export function storeImage(repository: Repository, image: OciImage): void {
  for (const child of image.children) storeImage(repository, child)
  for (const [digest, bytes] of image.blobs) repository.blobs.set(digest, bytes)
  repository.manifests.set(image.manifest.digest, image.manifest)
}
