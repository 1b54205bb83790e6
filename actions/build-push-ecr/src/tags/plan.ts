import { ActionError, type RefFacts } from '@ecs-release/core'
import type { Strategy } from '../input-forms.ts'
import { slug } from './slug.ts'

/** A tag that the image is to have. A fixed one names one commit for good; a moving one goes on to later images. */
export interface PlannedTag {
  tag: string
  strategy: Strategy['kind']
  moving: boolean
}

export interface TagPlan {
  /** What the build pushes, and what tells whether this commit is there already: always a fixed one. */
  first: string
  /** All of them in the order in which they are set: the first, other fixed ones, moving ones, latest. */
  tags: readonly PlannedTag[]
  /** Strategies that do not apply to this run, as sentences. */
  skipped: readonly string[]
}

const LONGEST = 128
const HASH_AND_DASH = 41
const ORDER: readonly Strategy['kind'][] = ['branch-sha', 'sha', 'raw', 'run-number', 'branch', 'latest']
/** Names of releases, `v1.2.3` or `2026-01-31`: git tags of this form keep their name as it is, and nothing else does. */
const RELEASE = /^v?\d+[.-]\d+[.-]\d+([.+_-].*)?$/
// A branch of such a name must not take the tag of another strategy, nor that of a git tag.
const RESERVED = new RegExp(`^latest$|^\\d+$|^[0-9a-f]{7}$|-[0-9a-f]{40}$|${RELEASE.source}`)
// All but the names of releases: a git tag called main is not the branch main.
const RESERVED_FOR_TAGS = new RegExp(`^(?!${RELEASE.source.slice(1)})|-[0-9a-f]{40}$`)

/** The tags of an image, from what the runner knows about the commit. Throws `invalid-input` when a fixed one cannot be made. */
export function planTags(
  strategies: readonly Strategy[],
  facts: RefFacts,
  latestBranch: string | undefined,
): TagPlan {
  const skipped: string[] = []
  const tags = strategies
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .flatMap((strategy): PlannedTag[] => {
      const tag = tagOf(strategy, facts, latestBranch)
      if (tag.kind === 'tag') return [{ tag: tag.text, strategy: strategy.kind, moving: moves(strategy) }]
      skipped.push(`${strategy.kind}: ${tag.why}`)
      return []
    })
  const unique = tags.filter(({ tag }, index) => tags.findIndex((other) => other.tag === tag) === index)
  const first = unique.find(({ moving }) => !moving)
  if (first === undefined) {
    throw new ActionError('invalid-input', `tags: ${skipped[0] ?? 'none of them is fixed'}`, {
      hint: 'The image is pushed under a tag that names its commit: give at least one of branch-sha, sha and raw=TEXT.',
    })
  }
  return { first: first.tag, tags: unique, skipped }
}

/** The branch, or the git tag, as a whole tag. No two of them share one. */
export function branchTag({ ref }: RefFacts): string | undefined {
  if (ref === undefined) return undefined
  return ref.kind === 'branch'
    ? slug(ref.name, { longest: LONGEST, reserved: RESERVED })
    : slug(ref.name, { longest: LONGEST, reserved: RESERVED_FOR_TAGS, kind: 'refs/tags/' })
}

/** In front of a commit, which tells apart what has the same name; a fork's branch has its owner in front. */
function beforeCommit({ ref, fork }: RefFacts): string | undefined {
  return (
    ref && slug(fork === undefined ? ref.name : `${fork}-${ref.name}`, { longest: LONGEST - HASH_AND_DASH })
  )
}

/** `OWNER-BRANCH.1a2b3c4d`: without the hash, prod of the owner release would have the tag of the branch release-prod. */
function forksTag({ ref }: RefFacts, fork: string): string | undefined {
  // An owner has no slash in its name, so that no two forks meet, and a name with one is never without a hash.
  return ref && slug(`${fork}/${ref.name}`, { longest: LONGEST, kind: `refs/forks/${ref.kind}/` })
}

type Made = { kind: 'tag'; text: string } | { kind: 'skipped'; why: string }

function tagOf(strategy: Strategy, facts: RefFacts, latestBranch: string | undefined): Made {
  const commit = facts.commit !== undefined && /^[0-9a-f]{40}$/.test(facts.commit) ? facts.commit : undefined
  switch (strategy.kind) {
    case 'raw':
      return { kind: 'tag', text: strategy.tag }
    case 'branch-sha': {
      const branch = beforeCommit(facts)
      return made(branch && commit && `${branch}-${commit}`, 'the run names no branch or no commit')
    }
    case 'sha':
      // What is built for a fork is another image than that of the same commit here: its merge with the base.
      if (facts.fork !== undefined) return { kind: 'skipped', why: 'never set from a fork' }
      return made(commit?.slice(0, 7), 'the run names no commit')
    case 'run-number':
      return made(facts.runNumber, 'the run has no number')
    case 'branch':
      return made(
        facts.fork === undefined ? branchTag(facts) : forksTag(facts, facts.fork),
        'the run names no branch',
      )
    case 'latest':
      return latest(facts, latestBranch ?? facts.defaultBranch)
  }
}

function latest({ ref, pullRequest, fork }: RefFacts, branch: string | undefined): Made {
  if (pullRequest || fork !== undefined)
    return { kind: 'skipped', why: 'never set from a pull request or a fork' }
  if (branch === undefined)
    return { kind: 'skipped', why: 'the default branch is not known: set latest-branch' }
  const here = ref?.kind === 'branch' && ref.name === branch
  return made(here ? 'latest' : undefined, `only set on the branch ${branch}`)
}

function made(text: string | undefined, why: string): Made {
  return text ? { kind: 'tag', text } : { kind: 'skipped', why }
}

function moves({ kind }: Strategy): boolean {
  return kind === 'run-number' || kind === 'branch' || kind === 'latest'
}
