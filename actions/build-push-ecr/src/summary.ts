import { code, type Summary, type Text } from '@ecs-release/core'
import type { SetTag, TagState } from './publish.ts'
import type { Report } from './report.ts'
import type { Judgement } from './scan/judge.ts'

const SHOWN = 20

export function summarize(summary: Summary, report: Report): void {
  const { outcome, digest, uri, first, size, steps, judgement, phases } = report
  summary.heading(`${outcome === 'failed' ? '❌' : '✅'} ${report.name}: ${outcome}`).sentence(report.message)
  if (report.hint !== undefined) summary.sentence(report.hint)
  const rows: [string, Text][] = [
    ['Image', code(`${uri}:${first}`)],
    ['Digest', digest === undefined ? 'none' : code(digest)],
    ...(report.local === undefined
      ? []
      : [['In the local engine', code(report.local)] satisfies [string, Text]]),
    ...(size === undefined ? [] : [['Size', compressed(size)] satisfies [string, Text]]),
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
  left: 'Tags left on another image',
  blocked: 'Tags blocked',
  'not set': 'Tags not set',
}

function tagRows(tags: readonly SetTag[]): [string, Text][] {
  return Object.entries(TITLES).map(([state, title]) => {
    const names = tags.filter((tag) => tag.state === state).map(({ tag }) => tag)
    return [title, names.length === 0 ? '' : names.join(', ')]
  })
}

function compressed(bytes: number): string {
  const size = bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${size} compressed`
}
