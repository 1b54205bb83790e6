import { finding } from '../diagnose/texts/finding-text.ts'
import { imageMissing, wrongArchitecture as wrongArchitectureText } from '../diagnose/texts/images.ts'
import type { Finding } from '../finding.ts'
import type { Lookup } from './ecr-images.ts'

/** What to do about an image that a registry does not have. */
const missingImageRemedy = imageMissing.cases.absent.remedy

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
  const { remedy } = wrongArchitectureText.cases.unlisted
  const cause =
    'the image {image} of container {container} is for {platforms}, and the task runs on {platform}'
  return finding(
    wrongArchitectureText,
    { cause, remedy } as const,
    { image, container, platform, platforms: platforms.join(' and ') },
    [],
  )
}
