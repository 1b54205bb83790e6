/** What `docker buildx inspect` tells about the builder that a build would use. */
export interface Builder {
  name: string
  /** `docker`, `docker-container`, `kubernetes`, `remote` or `cloud`. */
  driver: string
  /** The engine keeps its images in containerd, which lets its own builder do what others can. */
  containerdStore: boolean
  /** BuildKit's version, where it has one. */
  version: string | undefined
  /** What it builds for unless told otherwise. */
  platform: string | undefined
}

export function parseBuilder(text: string): Builder {
  const value = (name: string) => new RegExp(`^${name}:[ \\t]+(\\S.*)$`, 'm').exec(text)?.[1]?.trim()
  return {
    name: value('Name') ?? 'default',
    driver: value('Driver') ?? 'docker',
    containerdStore: /^\s*org\.mobyproject\.buildkit\.worker\.(containerd\.|snapshotter:)/m.test(text),
    // Those that somebody has set by hand are marked with an asterisk.
    platform: value('Platforms')?.split(',')[0]?.replace('*', ''),
    version: value('BuildKit version') ?? value('BuildKit'),
  }
}

/**
 * The engine's own builder on its classic image store can neither export a cache to a registry, nor build several platforms, nor
 * rewrite timestamps. Source: Docker, "Build drivers".
 */
export function isFull({ driver, containerdStore }: Builder): boolean {
  return driver !== 'docker' || containerdStore
}
