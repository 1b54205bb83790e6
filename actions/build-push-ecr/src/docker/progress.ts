/** What the lines of `--progress=plain` say. Each is `#STEP text`; the first of a step is its name. */
export interface BuildProgress {
  /** The title of the group that a line belongs to; undefined for how the build ended, which is for everybody to see. */
  groupOf(line: string): string | undefined
  steps(): StepCounts
}

/** Steps of the Dockerfile; a FROM is none. */
export interface StepCounts {
  cached: number
  total: number
}

// A layer that comes from a registry's cache is downloaded where it is needed, and not called CACHED then.
const FROM_CACHE = /^(CACHED$|extracting sha256:|sha256:[0-9a-f]{64} )/
const LEADING = 'preparing the build'

/** Follows a build from its first line. The lines of steps that run at the same time come mixed. */
export function buildProgress(): BuildProgress {
  const groups = new Map<string, string>()
  const counted = new Set<string>()
  const cached = new Set<string>()
  let current = LEADING
  let ending = false
  return {
    groupOf(line) {
      const [, step, rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
      ending = step === undefined && (ending || beginsEnd(line))
      if (ending) return undefined
      if (step === undefined || step === '0') return current
      if (!groups.has(step)) {
        groups.set(step, groupNamed(rest))
        if (isCounted(rest)) counted.add(step)
      }
      if (FROM_CACHE.test(rest)) cached.add(step)
      current = groups.get(step) ?? current
      return current
    },
    steps: () => ({
      cached: [...counted].filter((step) => cached.has(step)).length,
      total: counted.size,
    }),
  }
}

/** The failed command's last lines come first, then the line of the Dockerfile, then the error; warnings stand alone. */
function beginsEnd(line: string): boolean {
  return /^(-{4,}|ERROR:|WARNING:| > | \d+ warnings? found|\S+:\d+$)/.test(line)
}

/** `[linux/arm64 build 2/4] RUN npm ci` is in the stage build on linux/arm64; the only stage of a Dockerfile may have no name. */
function groupNamed(name: string): string {
  const words = /^\[(.*?)\s*\d+\/\d+\] /
    .exec(name)?.[1]
    ?.split(' ')
    .filter((word) => word !== '')
  if (words !== undefined) {
    const platform = words.find((word) => word.includes('/'))
    const stage = words.find((word) => !word.includes('/')) ?? 'image'
    return `${/^stage-\d+$/.test(stage) ? stage : `stage ${stage}`}${platform === undefined ? '' : ` on ${platform}`}`
  }
  if (/^(\[|importing)/.test(name)) return LEADING
  return 'exporting and pushing'
}

function isCounted(name: string): boolean {
  return /^\[(\S+ )*\s*\d+\/\d+\] (?!FROM )/.test(name)
}
