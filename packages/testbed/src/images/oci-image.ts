import { digestOf } from './digest.ts'

export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const

/** A manifest or index as a registry keeps it: the digest is of these bytes, so they are never written again. */
export interface Manifest {
  digest: string
  mediaType: string
  bytes: Buffer
}

/** Everything that a push uploads. */
export interface OciImage {
  manifest: Manifest
  /** Layers and config by digest. */
  blobs: ReadonlyMap<string, Buffer>
  /** The images of an index, one a platform; empty for a plain image. */
  children: readonly OciImage[]
}

/** Points from one document to another (OCI image spec, "Descriptors"). */
export interface Descriptor {
  mediaType: string
  digest: string
  /** Bytes. */
  size: number
}

export function descriptorOf(mediaType: string, bytes: Uint8Array): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length }
}

export function manifestOf(mediaType: string, document: object): Manifest {
  const bytes = Buffer.from(JSON.stringify(document))
  return { digest: digestOf(bytes), mediaType, bytes }
}
