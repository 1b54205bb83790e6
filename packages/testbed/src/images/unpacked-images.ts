import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackLayers } from './unpack.ts'

/** Root directories of images, each unpacked on first use and removed on disposal. */
export interface UnpackedImages extends AsyncDisposable {
  /** `digest` is of the image's manifest; `layers` are its layers' bytes, the lowest first. */
  root(digest: string, layers: () => readonly Buffer[]): Promise<string>
}

export function unpackedImages(): UnpackedImages {
  const roots = new Map<string, Promise<string>>()
  return {
    root(digest, layers) {
      const root = roots.get(digest) ?? unpack(layers())
      roots.set(digest, root)
      return root
    },
    async [Symbol.asyncDispose]() {
      const settled = await Promise.allSettled(roots.values())
      roots.clear()
      for (const root of settled) {
        if (root.status === 'fulfilled') await rm(root.value, { recursive: true, force: true })
      }
    },
  }
}

async function unpack(layers: readonly Buffer[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'testbed-image-'))
  try {
    await unpackLayers(layers, root)
  } catch (error) {
    await rm(root, { recursive: true, force: true })
    throw error
  }
  return root
}
