import type { Repository } from '../images/repositories.ts'
import type { Clock } from '../time/clock.ts'
import type { JsonObject } from '../wire/json.ts'
import type { Scan } from './scans.ts'
import { mutable, type TagMutability } from './tag-mutability.ts'

/** What ECR knows of an image beyond its bytes. Times are milliseconds since the epoch. */
export interface ImageRecord {
  pushedAt: number
  pulledAt?: number
  scan?: Scan
}

/** What ECR knows of a repository beyond what is stored in it. */
export interface RepositoryRecord {
  createdAt: number
  mutability: TagMutability
  scanOnPush: boolean
  encryption: JsonObject
  tags: Map<string, string>
  lifecyclePolicy?: { text: string; evaluatedAt: number }
  /** By digest. */
  images: Map<string, ImageRecord>
  /** When CreateRepository made it; undefined for one that was filled without the API. */
  createdByCall?: number
  /** When an image came through the API or the registry, by digest. */
  appeared: Map<string, number>
  /** When a tag last came to name another image there, and the digest that it named before, by tag. */
  retagged: Map<string, { at: number; before: string | undefined }>
}

/** The records by repository. One that was filled without the API begins as CreateRepository's defaults would have it. */
export interface RepositoryRecords {
  of(repository: Repository): RepositoryRecord
  image(repository: Repository, digest: string): ImageRecord
}

export function repositoryRecords(clock: Clock): RepositoryRecords {
  // Keyed by the stored repository itself, so that one that is deleted and created again begins anew.
  const records = new WeakMap<Repository, RepositoryRecord>()
  const of = (repository: Repository): RepositoryRecord => {
    const record = records.get(repository) ?? {
      createdAt: clock.now(),
      mutability: mutable,
      scanOnPush: false,
      encryption: { encryptionType: 'AES256' },
      tags: new Map(),
      images: new Map(),
      appeared: new Map(),
      retagged: new Map(),
    }
    records.set(repository, record)
    return record
  }
  return {
    of,
    image(repository, digest) {
      const { images } = of(repository)
      const record = images.get(digest) ?? { pushedAt: clock.now() }
      images.set(digest, record)
      return record
    },
  }
}
