import { createHash } from 'node:crypto'
import { ImagePullError, type ImageSource, type ResolvedImage } from '../../../images/image.ts'
import type { Behaviour } from './behaviour.ts'

/** Images of which only the behaviour is known. Pushing a tag again gives it another digest. */
export interface ScriptedImages extends ImageSource {
  /** Returns the digest. */
  push(reference: string, behaviour: Behaviour): string
  /** Removes a digest from the registry. */
  remove(digest: string): void
  behaviour(digest: string): Behaviour
  /** References in the order in which tasks asked for them. */
  asked: string[]
}

export function scriptedImages(): ScriptedImages {
  const tags = new Map<string, string>()
  const images = new Map<string, Behaviour>()
  const asked: string[] = []
  let pushes = 0

  const find = (reference: string): string | undefined => {
    const at = reference.indexOf('@')
    const digest = at < 0 ? tags.get(reference) : reference.slice(at + 1)
    return digest !== undefined && images.has(digest) ? digest : undefined
  }
  return {
    asked,
    push(reference, behaviour) {
      const digest = `sha256:${createHash('sha256').update(`${reference} ${pushes++}`).digest('hex')}`
      tags.set(reference, digest)
      images.set(digest, behaviour)
      return digest
    },
    remove: (digest) => void images.delete(digest),
    behaviour: (digest) => images.get(digest) ?? {},
    async resolve(reference): Promise<ResolvedImage> {
      asked.push(reference)
      const digest = find(reference)
      const behaviour = digest === undefined ? undefined : images.get(digest)
      if (digest === undefined || !behaviour) throw new ImagePullError(`${reference}: not found`)
      if (behaviour.pullError !== undefined) throw new ImagePullError(behaviour.pullError)
      return { reference, digest, architecture: 'amd64', config: {}, unpack: async () => '/' }
    },
  }
}
