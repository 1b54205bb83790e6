/** Whether a reference names its image by digest, so that there is nothing to resolve. */
export function isPinned(reference: string): boolean {
  return reference.includes('@sha256:')
}

/** The reference with a digest in place of its tag. The last colon is a port's when a slash follows it. */
export function pinned(reference: string, digest: string): string {
  const name = reference.split('@')[0] ?? reference
  const colon = name.lastIndexOf(':')
  return `${colon > name.lastIndexOf('/') ? name.slice(0, colon) : name}@${digest}`
}

/** Whether an image is in a private registry of Amazon ECR, by either of its host names. */
export function isInEcr(image: string): boolean {
  return /^\d{12}\.dkr(\.ecr\.[a-z0-9-]+\.amazonaws\.com|-ecr\.[a-z0-9-]+\.on\.aws)/.test(image)
}
