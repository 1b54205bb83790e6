import type { Finding, PlatformImage } from '@ecs-release/core'
import type { StepCounts } from './docker/progress.ts'
import type { Plan } from './plan.ts'
import { isHeld, type SetTag } from './publish.ts'
import type { Judgement } from './scan/judge.ts'

/** All that a step can have to tell. What it did not come to is undefined. */
export interface Report {
  outcome: 'pushed' | 'reused' | 'no-change' | 'built' | 'planned' | 'failed'
  /** The name of the repository. */
  name: string
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
  /** What to do, where it failed. */
  hint: string | undefined
  /** `HOST/NAME:TAG` in the local engine, if it was loaded into it. */
  local: string | undefined
}

/** A report of a step that has come to nothing yet. */
export function newReport(
  { repository, tags: { first, skipped } }: Pick<Plan, 'repository' | 'tags'>,
  uri: string,
): Report {
  return {
    outcome: 'failed',
    name: repository.name,
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
    hint: undefined,
    local: undefined,
  }
}

/** The outputs of action.yml. Those that hold nothing are empty. */
export function outputsOf(report: Report): Record<string, string> {
  const { uri, first, digest, platforms, tags, steps, judgement } = report
  const holding = tags.filter(({ state }) => isHeld(state))
  return {
    outcome: report.outcome,
    image: digest === undefined ? '' : `${uri}:${first}@${digest}`,
    uri: digest === undefined ? '' : `${uri}@${digest}`,
    digest: digest ?? '',
    tag: first,
    'local-image': report.local ?? '',
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
