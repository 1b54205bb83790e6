/** An image reference in its parts: `HOST/REPOSITORY[:TAG][@DIGEST]`. */
export interface ImageReference {
  host: string
  repository: string
  tag: string | undefined
  digest: string | undefined
}

const pattern = /^(?<name>[^@]+?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/

/**
 * Reads a reference as container engines do: the part before the first slash is a host when it has a dot or a port,
 * else the image is Docker Hub's; without tag and digest the tag is `latest`. undefined when it is no reference.
 */
export function parseReference(reference: string): ImageReference | undefined {
  const { name, tag, digest } = pattern.exec(reference)?.groups ?? {}
  if (name === undefined) return undefined
  const [first = '', ...rest] = name.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const repository = hasHost ? rest.join('/') : rest.length > 0 ? name : `library/${name}`
  if (!/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(repository)) return undefined
  return {
    host: hasHost ? first : 'docker.io',
    repository,
    tag: tag ?? (digest === undefined ? 'latest' : undefined),
    digest,
  }
}
