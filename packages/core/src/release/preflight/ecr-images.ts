import { ActionError } from '../../action/action-error.ts'
import type { ImageId, StoredImage } from '../../aws/ecr/images.ts'
import { type Manifest, parseManifest, platformOf } from '../../aws/ecr/manifest.ts'
import { parseJsonObject } from '../../aws/json.ts'
import type { Clock } from '../../time/clock.ts'
import { exposedPorts } from './exposed-ports.ts'
import { locate } from './locate.ts'
import type { RegistryCalls, RepositoryPlace } from './registry-calls.ts'

/** Where an image reference leads. */
export type Lookup =
  | { kind: 'found'; place: RepositoryPlace; digest: string; manifest: Manifest | undefined }
  /** `maybeCached` when it could not be asked whether the registry brings it from elsewhere on the first pull. */
  | { kind: 'missing'; why: string; maybeCached: boolean }
  /** Not in Amazon ECR, or not yet: nothing is known of it. */
  | { kind: 'elsewhere'; why: string }

/** The digests of the images that an index lists; none for an image of its own. `why` follows a colon; `remedy` is a sentence. */
export type Listed =
  | { kind: 'listed'; digests: readonly string[] }
  | { kind: 'unknown'; why: string; remedy: string | undefined }

/** What Amazon ECR knows of the images of a task definition. */
export interface EcrImages {
  find(image: string): Promise<Lookup>
  /** The platforms that a found image is for; empty when it does not say. */
  platforms(found: Lookup & { kind: 'found' }): Promise<readonly string[]>
  /** What the index of this digest lists, in the repository of `image`. */
  children(image: string, digest: string): Promise<Listed>
  /** The ports that an image declares (EXPOSE). Empty for what declares none, or is not in Amazon ECR. */
  exposedPorts(image: string, platform: string | undefined): Promise<readonly number[]>
}

export interface EcrImagesOptions {
  calls: RegistryCalls
  clock: Clock
  signal?: AbortSignal | undefined
}

/** It can take a moment until an image that was just pushed is known everywhere. Milliseconds. */
const PAUSES = [1000, 2000]

export function ecrImages({ calls, clock, signal }: EcrImagesOptions): EcrImages {
  return {
    async find(image) {
      const located = await locate(image, calls)
      if ('why' in located) return { kind: 'elsewhere', why: located.why }
      const { id, place } = located
      let answer = await calls.image(place, id)
      for (const pause of PAUSES) {
        if (typeof answer !== 'string') break
        await clock.sleep(pause, signal)
        answer = await calls.image(place, id)
      }
      return typeof answer === 'string'
        ? absent(calls, place, whyMissing(answer, place, id))
        : found(place, answer)
    },
    async platforms({ place, manifest }) {
      if (manifest?.kind === 'index') return manifest.images.map(({ platform }) => platform)
      if (manifest === undefined) return []
      const { os, architecture, variant } = parseJsonObject(await calls.blob(place, manifest.config)) ?? {}
      if (os === undefined || architecture === undefined) return []
      return [platformOf({ os, architecture, ...(variant !== undefined && { variant }) })]
    },
    async children(image, digest) {
      const located = await locate(image, calls)
      if ('why' in located) return unlisted(located.why)
      const { place } = located
      const stored = await calls.image(place, { digest })
      if (typeof stored === 'string') return unlisted(whyMissing(stored, place, { digest }))
      const manifest = parseManifest(stored.manifest)
      if (manifest === undefined) return unlisted(`the manifest of ${digest} has a form that is not known`)
      return {
        kind: 'listed',
        digests: manifest.kind === 'index' ? manifest.images.map((each) => each.digest) : [],
      }
    },
    exposedPorts: (image, platform) => exposedPorts(image, platform, calls),
  }
}

function unlisted(why: string): Listed {
  return { kind: 'unknown', why, remedy: undefined }
}

function found(place: RepositoryPlace, { digest, manifest }: StoredImage): Lookup {
  return { kind: 'found', place, digest, manifest: parseManifest(manifest) }
}

/** A registry that caches another one has an image only after its first pull. */
async function absent(calls: RegistryCalls, place: RepositoryPlace, why: string): Promise<Lookup> {
  try {
    const prefixes = await calls.pullThroughPrefixes(place)
    const cached = prefixes.some((prefix) => prefix === 'ROOT' || place.name.startsWith(`${prefix}/`))
    if (cached) return { kind: 'elsewhere', why: `${why}, and a pull-through cache rule may bring it` }
    return { kind: 'missing', why, maybeCached: false }
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'credentials') throw error
    return { kind: 'missing', why, maybeCached: true }
  }
}

function whyMissing(
  what: 'no-image' | 'no-repository',
  { name, registryId, region }: RepositoryPlace,
  id: ImageId,
): string {
  const where = region === undefined ? '' : ` in the registry ${registryId} (${region})`
  if (what === 'no-repository') return `there is no repository ${name}${where}`
  return `the repository ${name} has no ${'tag' in id ? `tag ${id.tag}` : `image ${id.digest}`}`
}
