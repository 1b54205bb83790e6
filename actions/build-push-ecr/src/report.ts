import { code, type Finding, type PlatformImage, type Summary, type Text } from '@ecs-release/core'
import type { StepCounts } from './docker/progress.ts'
import type { SetTag, TagState } from './publish.ts'
import type { Judgement } from './scan/judge.ts'
import type { TagPlan } from './tags/plan.ts'

/** All that a step can have to tell. What it did not come to is undefined. */
export interface Report {
  /** `HOST/NAME` */
  uri: string
  first: string
  digest: string | undefined
  platforms: readonly PlatformImage[]
  /** Bytes to pull. */
  size: number | undefined
  tags: readonly SetTag[]
  skipped: readonly string[]
  steps: StepCounts | undefined
  reused: boolean
  created: boolean
  judgement: Judgement | undefined
  findings: readonly Finding[]
  phases: readonly { phase: string; seconds: number }[]
  message: string
}

/** A report of a step that has come to nothing yet. */
export function newReport(uri: string, { first, skipped }: TagPlan): Report {
  return {
    uri,
    first,
    skipped,
    digest: undefined,
    platforms: [],
    size: undefined,
    tags: [],
    steps: undefined,
    reused: false,
    created: false,
    judgement: undefined,
    findings: [],
    phases: [],
    message: '',
  }
}

/** The outputs of action.yml. Those that hold nothing are empty. */
export function outputsOf(report: Report): Record<string, string> {
  const { uri, first, digest, platforms, tags, steps, judgement } = report
  const holding = tags.filter(({ state }) => state !== 'blocked' && state !== 'not set')
  return {
    image: digest === undefined ? '' : `${uri}:${first}@${digest}`,
    uri: digest === undefined ? '' : `${uri}@${digest}`,
    digest: digest ?? '',
    tag: first,
    tags: JSON.stringify(holding.map(({ tag }) => tag)),
    'platform-digests': JSON.stringify(
      Object.fromEntries(platforms.map((image) => [image.platform, image.digest])),
    ),
    reused: String(report.reused),
    'cache-hit': String(steps !== undefined && steps.total > 0 && steps.cached === steps.total),
    'scan-findings': JSON.stringify(judgement?.counts ?? {}),
    'repository-created': String(report.created),
    findings: JSON.stringify(report.findings),
    message: report.message,
  }
}

const SHOWN = 20

export function summarize(summary: Summary, report: Report): void {
  const { digest, uri, first, size, steps, judgement, phases } = report
  summary.heading('Image').sentence(report.message)
  const rows: [string, Text][] = [
    ['Image', code(`${uri}:${first}`)],
    ['Digest', digest === undefined ? 'none' : code(digest)],
    ...(size === undefined ? [] : [['Size', megabytes(size)] satisfies [string, Text]]),
    ...tagRows(report.tags),
    [
      'Layers reused',
      report.reused
        ? 'all, nothing was built'
        : steps === undefined
          ? ''
          : `${steps.cached} of ${steps.total} steps came from the cache`,
    ],
    ...(judgement === undefined ? [] : [['Scan', counted(judgement)] satisfies [string, Text]]),
    ['Time', phases.map(({ phase, seconds }) => `${phase} ${seconds.toFixed(1)} s`).join(', ')],
  ]
  summary.table(
    ['', ''],
    rows.filter(([, value]) => value !== ''),
  )
  if (report.skipped.length > 0) summary.sentence(`Tags left out: ${report.skipped.join('; ')}.`)
  for (const { cause, remedy } of report.findings) summary.sentence(`${cause}. ${remedy}`)
  if (judgement !== undefined && judgement.worst.length > 0) {
    const lines = judgement.worst
      .slice(0, SHOWN)
      .map(
        ({ severity, name, packageName, packageVersion, fixedIn }) =>
          `${severity} ${name} ${packageName} ${packageVersion}, ${fixedIn === '' ? 'no fix known' : `fixed in ${fixedIn}`}`,
      )
    summary.details(`Worst findings (${lines.length} of ${judgement.worst.length})`, lines.join('\n'))
  }
}

/** `3 CRITICAL, 10 HIGH` */
export function counted({ counts }: Judgement): string {
  const found = Object.entries(counts).filter(([, count]) => count > 0)
  return found.length === 0
    ? 'no findings'
    : found.map(([severity, count]) => `${count} ${severity}`).join(', ')
}

const TITLES: Readonly<Record<TagState, string>> = {
  pushed: 'Tags pushed',
  moved: 'Tags moved',
  unchanged: 'Tags already there',
  blocked: 'Tags blocked',
  'not set': 'Tags not set',
}

function tagRows(tags: readonly SetTag[]): [string, Text][] {
  return Object.entries(TITLES).map(([state, title]) => {
    const names = tags.filter((tag) => tag.state === state).map(({ tag }) => tag)
    return [title, names.length === 0 ? '' : names.join(', ')]
  })
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB compressed`
}
