import { gunzipSync } from 'node:zlib'
import { digestOf } from './digest.ts'
import type { ImageConfig } from './image.ts'
import { packLayer } from './layer.ts'
import { descriptorOf, manifestOf, mediaTypes, type OciImage } from './oci-image.ts'

export interface ImageRecipe {
  /** Contents by path inside the image, e.g. `app/server.js`. A text that begins with `#!` becomes executable. */
  files: Readonly<Record<string, Buffer | string>>
  config: ImageConfig
  /** As Go names it: `amd64` (the default) or `arm64`. */
  architecture?: string
}

/** Builds a one-layer OCI image. The same recipe gives the same digests, on every machine and at every time. */
export async function buildImage(recipe: ImageRecipe): Promise<OciImage> {
  const layer = await packLayer(recipe.files)
  const config = Buffer.from(
    JSON.stringify({
      architecture: recipe.architecture ?? 'amd64',
      os: 'linux',
      config: recipe.config,
      rootfs: { type: 'layers', diff_ids: [digestOf(gunzipSync(layer))] },
    }),
  )
  const configDescriptor = descriptorOf(mediaTypes.config, config)
  const layerDescriptor = descriptorOf(mediaTypes.layer, layer)
  const manifest = manifestOf(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: configDescriptor,
    layers: [layerDescriptor],
  })
  const blobs = new Map([
    [configDescriptor.digest, config],
    [layerDescriptor.digest, layer],
  ])
  return { manifest, blobs, children: [] }
}

/** Joins images for several platforms under one index, as a multi-platform build does. */
export function buildIndex(images: Readonly<Record<string, OciImage>>): OciImage {
  const manifests = Object.entries(images).map(([platform, { manifest }]) => {
    const [os, architecture] = platform.split('/')
    return { ...descriptorOf(manifest.mediaType, manifest.bytes), platform: { architecture, os } }
  })
  const document = { schemaVersion: 2, mediaType: mediaTypes.index, manifests }
  return {
    manifest: manifestOf(mediaTypes.index, document),
    blobs: new Map(),
    children: Object.values(images),
  }
}
