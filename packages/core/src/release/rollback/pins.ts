import type { ServiceRevision } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import { pinnedDigest } from '../task-definition/images.ts'

/** Finds out which digest an image reference has now; undefined when that cannot be known. */
export type Resolve = (image: string) => Promise<string | undefined>

/**
 * The images by container that have to be named by digest so that the task definition runs what the revision ran: those whose tag has
 * moved since, or may have. A deployment resolves tags anew (ecs-model 3.8).
 */
export async function pinsFor(
  definition: JsonObject,
  { containerImages }: Pick<ServiceRevision, 'containerImages'>,
  resolve: Resolve,
): Promise<Map<string, string>> {
  const pins = new Map<string, string>()
  for (const container of containersOf(definition)) {
    const [name = '', image = ''] = [textOf(container, 'name'), textOf(container, 'image')]
    const ran = containerImages.find(({ containerName }) => containerName === name)?.digest
    if (ran === undefined || pinnedDigest(image) !== undefined) continue
    if ((await resolve(image)) !== ran) pins.set(name, `${withoutTag(image)}@${ran}`)
  }
  return pins
}

/** `HOST:5000/NAME:TAG` → `HOST:5000/NAME` */
function withoutTag(image: string): string {
  return image.replace(/:[^/:]+$/, '')
}
