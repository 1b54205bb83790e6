import { ActionError } from '../../action/action-error.ts'
import type { JsonObject } from '../../aws/json.ts'
import type { Finding } from '../finding.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import type { EcrImages, Lookup } from './ecr-images.ts'
import { missingImage, wrongArchitecture } from './image-findings.ts'
import { runsOn, taskPlatform } from './task-platform.ts'
import { type Checks, orError, type Unchecked } from './unchecked.ts'

/** What is known of the images of a task definition before anything is written. */
export interface Preflight extends Checks {
  /** The digest that each image names in Amazon ECR, by container. */
  digests: ReadonlyMap<string, string>
  /** What was not looked at as it is not in Amazon ECR, one line each. */
  elsewhere: readonly string[]
  /** Why Amazon ECR did not say which image it is, by container. */
  unasked: ReadonlyMap<string, ActionError>
}

/** Asks for every image whether it exists, and whether it is for the platform of the task. Only reads. */
export async function preflight(
  definition: JsonObject,
  images: Pick<EcrImages, 'find' | 'platforms'>,
): Promise<Preflight> {
  const platform = taskPlatform(definition)
  const looks = await Promise.all(
    containersOf(definition).map((each) =>
      lookAt({ container: textOf(each, 'name') ?? '', image: textOf(each, 'image') ?? '', platform }, images),
    ),
  )
  return {
    findings: looks.flatMap(({ finding }) => finding ?? []),
    digests: new Map(
      looks.flatMap(({ container, digest }) => (digest === undefined ? [] : [[container, digest]])),
    ),
    elsewhere: looks.flatMap(({ elsewhere }) => elsewhere ?? []),
    unchecked: looks.flatMap(({ unchecked }) => unchecked ?? []),
    unasked: new Map(
      looks.flatMap(({ container, unasked }) => (unasked === undefined ? [] : [[container, unasked]])),
    ),
  }
}

interface Asked {
  container: string
  image: string
  /** undefined when the task definition does not tell. */
  platform: string | undefined
}

interface Look {
  container: string
  digest?: string
  finding?: Finding | undefined
  elsewhere?: string
  unchecked?: Unchecked
  unasked?: ActionError
}

async function lookAt(asked: Asked, images: Pick<EcrImages, 'find' | 'platforms'>): Promise<Look> {
  const { container, image } = asked
  const lookup = await orError(() => images.find(image))
  if (lookup instanceof ActionError) {
    const unchecked = { what: `the image of container ${container}`, error: lookup }
    return { container, unchecked, unasked: lookup }
  }
  switch (lookup.kind) {
    case 'elsewhere':
      return { container, elsewhere: `${image} of container ${container}: ${lookup.why}` }
    case 'missing':
      return { container, finding: missingImage(asked, lookup) }
    case 'found':
      return { container, digest: lookup.digest, ...(await platformLook(asked, lookup, images)) }
  }
}

async function platformLook(
  { container, image, platform }: Asked,
  found: Lookup & { kind: 'found' },
  images: Pick<EcrImages, 'platforms'>,
): Promise<Pick<Look, 'finding' | 'unchecked'>> {
  if (platform === undefined) return {}
  const platforms = await orError(() => images.platforms(found))
  if (platforms instanceof ActionError) {
    return { unchecked: { what: `the CPU architecture of container ${container}`, error: platforms } }
  }
  if (platforms.length === 0 || platforms.some((each) => runsOn(platform, each))) return {}
  return { finding: wrongArchitecture({ container, image, platform }, platforms) }
}
