import type { ServiceRevision } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import type { Listed } from '../preflight/ecr-images.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import { pinnedDigest } from '../task-definition/images.ts'
import type { ContainerDigest, DigestSource, TaskDigests } from './proof.ts'

/** A container of the task definition and what is known of the digest that it has to run. */
export interface Expectation {
  container: string
  image: string
  /** undefined when none of image, registry and service revision has one. */
  digest: string | undefined
  source: DigestSource
  /** What it lists, if it is an index and was asked for that. */
  children: Listed
  /** Whether the proof fails without it. The others are proven where ECS reports a digest. */
  required: boolean
}

/** What the release was to bring. */
export interface Asked {
  definition: JsonObject
  /** The images that the user named, by container. */
  named: ReadonlyMap<string, string>
  /** The digests that images named in their registry before anything was written, by container. */
  inRegistry: ReadonlyMap<string, string>
}

/**
 * What every task has to run. Required are the containers that `images` named. When it named none, they are those that users reach through
 * the load balancer (`balanced`) and those whose image was found in Amazon ECR: ECS reports digests of that registry everywhere, of others
 * it may not (ecs-model 7). A digest in the image wins. For the tag of what is released its registry says the digest; for that of a sidecar
 * the service revision does, to which ECS resolved it once for the whole deployment, as it may move for reasons of its own. Containers that
 * ECS adds by itself are in no task definition.
 */
export function expectations(
  asked: Asked,
  revision: ServiceRevision,
  balanced: readonly string[],
): Expectation[] {
  const { definition, inRegistry, named } = asked
  const released = releasedBy(asked, balanced)
  return containersOf(definition).map((each) => {
    const container = textOf(each, 'name') ?? ''
    const image = textOf(each, 'image') ?? ''
    const required = released(container) || (named.size === 0 && inRegistry.has(container))
    return {
      container,
      image,
      required,
      children: nothingListed,
      ...expectedDigest({ container, image, isReleased: released(container) }, asked, revision),
    }
  })
}

/** Which containers are the release itself: those named, else those that users reach, else all of Amazon ECR. */
function releasedBy(
  { inRegistry, named }: Asked,
  balanced: readonly string[],
): (container: string) => boolean {
  if (named.size > 0) return (container) => named.has(container)
  return balanced.length > 0
    ? (container) => balanced.includes(container)
    : (container) => inRegistry.has(container)
}

/**
 * The containers without which nothing is proven: the required ones. Where none is, those of which tasks report a digest, as one of them may
 * be the application; and all when there are none of both.
 */
export function indispensable(
  expected: readonly Expectation[],
  tasks: readonly TaskDigests[],
): readonly Expectation[] {
  const required = expected.filter((each) => each.required)
  if (required.length > 0) return required
  const reported = expected.filter(({ container }) =>
    tasks.some(({ digests }) => digests[container] !== undefined),
  )
  return reported.length > 0 ? reported : expected
}

const nothingListed: Listed = { kind: 'listed', digests: [] }

function expectedDigest(
  { container, image, isReleased }: Pick<Expectation, 'container' | 'image'> & { isReleased: boolean },
  { named, inRegistry }: Asked,
  revision: ServiceRevision,
): Pick<Expectation, 'digest' | 'source'> {
  const pinned = pinnedDigest(image)
  if (pinned !== undefined)
    return { digest: pinned, source: named.has(container) ? 'images' : 'task-definition' }
  const tagged = named.size > 0 && !isReleased ? undefined : inRegistry.get(container)
  const resolved = revision.containerImages.find(({ containerName }) => containerName === container)
  return tagged !== undefined && (isReleased || resolved?.digest === undefined)
    ? { digest: tagged, source: 'registry' }
    : { digest: resolved?.digest, source: 'service-revision' }
}

/**
 * Whether a reported digest is the expected one, or that of an image which the expected index lists; `unknown` where nobody could say what
 * that lists.
 */
export function match({ digest, children }: Expectation, reported: string): 'right' | 'wrong' | 'unknown' {
  if (reported === digest) return 'right'
  if (children.kind === 'unknown') return 'unknown'
  return children.digests.includes(reported) ? 'right' : 'wrong'
}

/** The expectations that name a digest, with what the tasks report. */
export function withDigest(
  expected: readonly Expectation[],
  tasks: readonly TaskDigests[],
): ContainerDigest[] {
  return expected.flatMap(({ container, image, digest, source }) => {
    const reported = new Set(tasks.flatMap(({ digests }) => digests[container] ?? []))
    return digest === undefined ? [] : [{ container, image, digest, source, reported: [...reported] }]
  })
}
