/** What decides whether a tag may be given to another image. */
export interface MutabilityRule {
  mutability: string
  exclusions: readonly string[]
}

/**
 * Without a repository nothing is. Source: Amazon ECR User Guide, "Preventing image tags from being overwritten".
 */
export function isImmutable(rule: MutabilityRule | undefined, tag: string): boolean {
  if (rule === undefined) return false
  const { mutability, exclusions } = rule
  const excluded = exclusions.some((filter) => matches(filter, tag))
  switch (mutability) {
    case 'IMMUTABLE':
      return true
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded
    default:
      return false
  }
}

function matches(filter: string, tag: string): boolean {
  const pattern = filter
    .split('*')
    .map((part) => part.replace(/[.\-\\^$+?()[\]{}|]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${pattern}$`).test(tag)
}
