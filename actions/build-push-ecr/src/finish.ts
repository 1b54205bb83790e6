import { ActionError, finding, type StoredImage, vulnerableImage } from '@ecs-release/core'
import { blockedTag, type Failure, failureOf } from './blocked-tag.ts'
import type { Registry } from './configuration.ts'
import { enumerated } from './enumeration.ts'
import { keptFixed, keptMoving } from './kept.ts'
import { type Found, imagesOf } from './look.ts'
import type { Obtained } from './obtained.ts'
import type { Plan } from './plan.ts'
import { isHeld, type Publication, type SetTag, setTags, setTogether, unset } from './publish.ts'
import { gate } from './scan/gate.ts'
import type { Judgement } from './scan/judge.ts'
import type { Stopwatch } from './stopwatch.ts'
import { type Outline, outline, readImage, scannable } from './stored-image.ts'
import { counted } from './summary.ts'
import type { PlannedTag } from './tags/plan.ts'

/** How the image got its tags. */
export interface Finished {
  image: Outline
  tags: SetTag[]
  judgement: Judgement | undefined
  /** Why some tags are not set; undefined when all are. */
  failure: Failure | undefined
}

/** What the tags are set with. */
export interface Finishing {
  plan: Plan
  registry: Registry
  found: Found
  watch: Stopwatch
}

/**
 * Fixed tags while the image is read, then the scan gate, then the moving ones with latest at the end. The image is in the repository
 * by now, so what goes wrong here is a result and not an error.
 */
export async function finish(finishing: Finishing, obtained: Obtained): Promise<Finished> {
  const { plan, registry, found, watch } = finishing
  const { tags } = plan.tags
  const { under } = obtained
  const rest = tags.filter(({ tag }) => tag !== under.tag)
  const moving = rest.filter((tag) => tag.moving)
  const fixed = rest.filter((tag) => !tag.moving)
  const keptOnes = keptFixed(plan, found, obtained, fixed)

  const [early, image, newer] = await watch.time('tags', () =>
    Promise.all([
      setTogether(
        publicationOf(plan, obtained),
        fixed.filter((tag) => !keptOnes.includes(tag)),
      ),
      outlineOf(plan, registry, obtained),
      // A scan takes its time, in which another job can set them, so that they are looked at after it.
      plan.inputs.scan === 'off' ? keptMoving(plan, found, registry, obtained, moving) : undefined,
    ]),
  )
  const late =
    early.blocked === undefined
      ? await setMoving(finishing, obtained, moving, newer)
      : {
          tags: unset(publicationOf(plan, obtained), moving),
          judgement: undefined,
          failure: blockedTag(plan, under.tag, early.blocked),
        }
  const states = [under, ...early.tags, ...as('left', keptOnes), ...late.tags]
  return {
    image,
    judgement: late.judgement,
    failure: late.failure,
    tags: tags.flatMap(({ tag }) => states.filter((state) => state.tag === tag)),
  }
}

type Late = Omit<Finished, 'image'>

/** `newer` are the tags that stay where they are; they are not known yet where there is a scan to wait for. */
async function setMoving(
  { plan, registry, found, watch }: Finishing,
  obtained: Obtained,
  moving: readonly PlannedTag[],
  newer: readonly PlannedTag[] | undefined,
): Promise<Late> {
  const gated = newer === undefined ? await watch.time('scan', () => gateOf(plan, obtained.stored)) : NO_GATE
  return watch.time('tags', async () => {
    const seen = newer === undefined ? await lookedAgain(plan, obtained, moving) : obtained
    if (gated.failure !== undefined) return closed(gated, unset(publicationOf(plan, seen), moving))
    const kept = newer ?? (await keptMoving(plan, found, registry, seen, moving))
    const set = moving.filter((tag) => !kept.includes(tag))
    const late = await setTags(publicationOf(plan, seen), set)
    return {
      tags: [...late.tags, ...as('left', kept)],
      judgement: gated.judgement,
      failure: late.blocked && blockedTag(plan, obtained.under.tag, late.blocked),
    }
  })
}

function publicationOf({ clients, repository, log, signal }: Plan, { stored, now }: Obtained): Publication {
  return { clients, repository, image: stored, before: now, log, signal }
}

async function lookedAgain(plan: Plan, obtained: Obtained, moving: readonly PlannedTag[]): Promise<Obtained> {
  const names = moving.map(({ tag }) => tag)
  try {
    return { ...obtained, now: (await imagesOf(plan, plan.repository, names)) ?? obtained.now }
  } catch (error) {
    if (error instanceof ActionError) return obtained
    throw error
  }
}

/** What cannot be read decides nothing, so that it is told and the image gets its tags. */
async function outlineOf({ log }: Plan, registry: Registry, { read, stored }: Obtained): Promise<Outline> {
  if (read !== undefined) return read
  try {
    return await readImage(registry, stored)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const known = outline(stored)
    const less = known.platforms.length === 0 ? 'platform-digests is empty' : 'its size is not known'
    const remedy = error.hint === undefined ? '' : `\n${error.hint}`
    log.warning(`The image is pushed and could not be read again, so that ${less}: ${error.message}${remedy}`)
    return known
  }
}

/** An image that is reused can have them from an earlier run, and nothing takes them away. */
function closed({ judgement, failure }: Gated, tags: SetTag[]): Late {
  const held = tags.filter(({ state }) => isHeld(state)).map(({ tag }) => tag)
  if (failure === undefined || held.length === 0) return { judgement, failure, tags }
  const name = held.length === 1 ? 'names' : 'name'
  const message = `${failure.message}, and ${enumerated(held)} ${name} the image already`
  return { judgement, failure: { ...failure, message }, tags }
}

function as(state: SetTag['state'], tags: readonly PlannedTag[]): SetTag[] {
  return tags.map(({ tag }) => ({ tag, state }))
}

type Gated = Pick<Finished, 'judgement' | 'failure'>
const NO_GATE: Gated = { judgement: undefined, failure: undefined }

async function gateOf(plan: Plan, stored: StoredImage): Promise<Gated> {
  const { inputs } = plan
  try {
    const judgement = await gate(plan, scannable(stored), {
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
