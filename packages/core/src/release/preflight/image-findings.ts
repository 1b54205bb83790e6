import { finding } from '../diagnose/texts/finding-text.ts'
import { imageMissing, wrongArchitecture as text } from '../diagnose/texts/images.ts'
import type { Finding } from '../finding.ts'
import type { Lookup } from './ecr-images.ts'

export function missingImage(
  { container, image }: { container: string; image: string },
  { why, maybeCached }: Lookup & { kind: 'missing' },
): Finding {
  const { uncached, unpushed } = imageMissing.cases
  return finding(imageMissing, maybeCached ? uncached : unpushed, { container, image, why }, [])
}

export function wrongArchitecture(
  { container, image, platform }: { container: string; image: string; platform: string },
  platforms: readonly string[],
): Finding {
  const values = { image, container, platform, platforms: platforms.join(' and ') }
  return finding(text, text.cases.otherPlatform, values, [])
}
