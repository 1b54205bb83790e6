import {
  ActionError,
  awsErrorName,
  type Finding,
  finding,
  type StoredImage,
  tagBlocked,
  vulnerableImage,
} from '@ecs-release/core'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { type Publication, type SetTag, setTags, setTogether } from './publish.ts'
import { gate } from './scan/gate.ts'
import type { Judgement } from './scan/judge.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { ReadImage } from './stored-image.ts'
import { counted } from './summary.ts'

/** How the image got its tags. */
export interface Finished {
  image: ReadImage
  tags: SetTag[]
  judgement: Judgement | undefined
  /** Why some tags are not set; undefined when all are. */
  failure: { message: string; hint: string | undefined; finding: Finding | undefined } | undefined
}

/**
 * Fixed tags while the image is read, then the scan gate, then the moving ones with latest at the end. The image is in the repository
 * by now, so what goes wrong here is a result and not an error.
 */
export async function finish(
  plan: Plan,
  found: Found,
  stored: StoredImage,
  reading: Promise<ReadImage>,
  watch: Stopwatch,
): Promise<Finished> {
  const { clients, repository, log, signal, tags } = plan
  const publication: Publication = { clients, repository, image: stored, before: found.existing, log, signal }
  const rest = tags.tags.filter(({ tag }) => tag !== tags.first)
  const fixed = rest.filter(({ moving }) => !moving)
  const moving = rest.filter((tag) => tag.moving)
  const open = moving.map(({ tag }): SetTag => ({ tag, state: 'not set' }))

  const first: SetTag = { tag: tags.first, state: firstState(found, tags.first, stored.digest) }
  const [early, image] = await watch.time('tags', () =>
    Promise.all([setTogether(publication, fixed), reading]),
  )
  const done = [first, ...early.tags]
  if (early.blocked !== undefined)
    return { image, tags: [...done, ...open], judgement: undefined, failure: blockedTag(plan, early.blocked) }

  const passed: Gated =
    plan.inputs.scan === 'off' ? NO_GATE : await watch.time('scan', () => gateOf(plan, image))
  if (passed.failure !== undefined) return { image, tags: [...done, ...open], ...passed }
  const late = await watch.time('tags', () => setTags(publication, moving))
  const failure = late.blocked === undefined ? undefined : blockedTag(plan, late.blocked)
  return { image, tags: [...done, ...late.tags], judgement: passed.judgement, failure }
}

type Gated = Pick<Finished, 'judgement' | 'failure'>
const NO_GATE: Gated = { judgement: undefined, failure: undefined }

async function gateOf(plan: Plan, image: ReadImage): Promise<Gated> {
  const { inputs } = plan
  try {
    const judgement = await gate(plan, image.platforms, {
      limit: inputs.failOnSeverity,
      timeout: inputs.scanTimeout,
    })
    if (judgement.over === 0) return { judgement, failure: undefined }
    const values = {
      vulnerabilities: counted(judgement),
      image: `${plan.repository.name}:${plan.tags.first}`,
      limit: inputs.failOnSeverity,
    }
    const evidence = judgement.worst
      .slice(0, 10)
      .map(({ severity, name, packageName }) => `${severity} ${name} ${packageName}`)
    const found = finding(vulnerableImage, vulnerableImage.cases.found, values, evidence)
    return { judgement, failure: failureOf(found, 'no moving tag was moved') }
  } catch (error) {
    plan.signal.throwIfAborted()
    if (!(error instanceof ActionError)) throw error
    return { judgement: undefined, failure: { message: error.message, hint: error.hint, finding: undefined } }
  }
}

function blockedTag(plan: Plan, { tag, error }: { tag: string; error: ActionError }): Finished['failure'] {
  const { cases } = tagBlocked
  const { strategy = 'raw', moving = false } = plan.tags.tags.find((planned) => planned.tag === tag) ?? {}
  const values = { tag, repository: plan.repository.name, line: strategy === 'raw' ? `raw=${tag}` : strategy }
  const outcome = `the image is there as ${plan.tags.first}`
  if (awsErrorName(error) !== 'ImageTagAlreadyExistsException') {
    const other = finding(tagBlocked, cases.other, { ...values, reason: error.message }, [error.message])
    return failureOf({ ...other, remedy: error.hint ?? other.remedy }, outcome)
  }
  // Excluding a name from immutability is of use only when it stays the same from run to run.
  const stays = moving && strategy !== 'run-number'
  const blocked = finding(tagBlocked, stays ? cases.moving : cases.fixed, values, [error.message])
  return failureOf(blocked, outcome)
}

/** `outcome` says what that leaves the repository with. */
function failureOf(found: Finding, outcome: string): Finished['failure'] {
  return { message: `${found.cause}; ${outcome}`, hint: found.remedy, finding: found }
}

function firstState({ existing }: Found, first: string, digest: string): SetTag['state'] {
  const before = existing.get(first)?.digest
  if (before === undefined) return 'pushed'
  return before === digest ? 'unchanged' : 'moved'
}
