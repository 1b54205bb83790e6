import { createHash } from 'node:crypto'

/** The content digest of those exact bytes, `sha256:` and 64 hex digits (OCI image spec, "Digests"). */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
