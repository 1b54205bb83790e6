import {
  ActionError,
  type AwsClients,
  type Log,
  putImage,
  type RepositoryId,
  type StoredImage,
} from '@ecs-release/core'
import type { PlannedTag } from './tags/plan.ts'

/** What became of a tag. */
export type TagState =
  | 'pushed'
  /** It named another image before. */
  | 'moved'
  /** It named this image already. */
  | 'unchanged'
  /** It names another image, and is not to be moved to this one. */
  | 'left'
  | 'blocked'
  /** It was not reached, because an earlier one was blocked or the gate was closed. */
  | 'not set'

/** The image has the tag now. */
export function isHeld(state: TagState): boolean {
  return state === 'pushed' || state === 'moved' || state === 'unchanged'
}

export interface SetTag {
  tag: string
  state: TagState
}

export interface Publication {
  clients: AwsClients
  repository: RepositoryId
  image: StoredImage
  /** As it was before they are set, by tag. */
  before: ReadonlyMap<string, StoredImage>
  log: Log
  /** Of a step that is cancelled no further tag is set. */
  signal: AbortSignal
}

export interface Published {
  tags: SetTag[]
  /** Why a tag was not set, and the rest neither. */
  blocked: { tag: string; error: ActionError } | undefined
}

/** Gives the image all of the tags at once: for those of which none says more than another. */
export async function setTogether(publication: Publication, tags: readonly PlannedTag[]): Promise<Published> {
  const all = await Promise.all(tags.map((tag) => setTags(publication, [tag])))
  return {
    tags: all.flatMap((published) => published.tags),
    blocked: all.find(({ blocked }) => blocked !== undefined)?.blocked,
  }
}

/**
 * Gives the image the tags one after the other, in the order given, and stops at the first that AWS refuses: a tag that comes later
 * never names an image that an earlier one does not.
 */
export async function setTags(publication: Publication, tags: readonly PlannedTag[]): Promise<Published> {
  const done: SetTag[] = []
  for (const [index, { tag }] of tags.entries()) {
    publication.signal.throwIfAborted()
    try {
      done.push({ tag, state: await setTag(publication, tag) })
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      const rest = unset(publication, tags.slice(index + 1))
      return { tags: [...done, { tag, state: 'blocked' }, ...rest], blocked: { tag, error } }
    }
  }
  return { tags: done, blocked: undefined }
}

/** Those of a step that goes no further: an image that is reused can have them from an earlier run. */
export function unset(
  { image, before }: Pick<Publication, 'image' | 'before'>,
  tags: readonly PlannedTag[],
): SetTag[] {
  return tags.map(({ tag }) => ({
    tag,
    state: before.get(tag)?.digest === image.digest ? 'unchanged' : 'not set',
  }))
}

async function setTag(
  { clients, repository, image, before, log }: Publication,
  tag: string,
): Promise<TagState> {
  const earlier = before.get(tag)?.digest
  if (earlier === image.digest) return 'unchanged'
  const put = await putImage(clients.ecr, repository, image, tag)
  if (put === 'unchanged') return 'unchanged'
  log.info(earlier === undefined ? `Set the tag ${tag}` : `Moved the tag ${tag} from ${earlier}`)
  return earlier === undefined ? 'pushed' : 'moved'
}
