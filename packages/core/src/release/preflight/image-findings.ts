import type { Finding } from '../finding.ts'
import type { Lookup } from './ecr-images.ts'

/** What to do about an image that a registry does not have. */
export const missingImageRemedy =
  'Check the repository, tag or digest, and the account and Region in its name; push the image before deploying. A lifecycle policy may have deleted it.'

const maybeCachedRemedy =
  ' If a pull-through cache rule brings it on its first pull, allow ecr:DescribePullThroughCacheRules, so that this can be known.'

export function missingImage(
  { container, image }: { container: string; image: string },
  { why, maybeCached }: Lookup & { kind: 'missing' },
): Finding {
  return {
    code: 'image-missing',
    cause: `the image ${image} of container ${container} does not exist: ${why}`,
    remedy: `${missingImageRemedy}${maybeCached ? maybeCachedRemedy : ''}`,
    evidence: [],
  }
}

export function wrongArchitecture(
  { container, image, platform }: { container: string; image: string; platform: string },
  platforms: readonly string[],
): Finding {
  return {
    code: 'wrong-architecture',
    cause: `the image ${image} of container ${container} is for ${platforms.join(' and ')}, and the task runs on ${platform}`,
    remedy: `Build the image for ${platform} (the input platforms of build-push-ecr), or set runtimePlatform in the task definition to what the image is for.`,
    evidence: [],
  }
}
