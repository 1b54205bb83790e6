import { ActionError, type Finding, pinnedDigest, preflight } from '@ecs-release/core'
import type { Run } from './run.ts'

/** What the images that were asked for by tag name in Amazon ECR now. */
export interface InRegistry {
  /** By container. */
  digests: ReadonlyMap<string, string>
  /** Images that do not exist. */
  missing: readonly Finding[]
}

/** Asks Amazon ECR for the tags among the images. An image by digest needs no registry: it may be gone from there and still run. */
export async function tagsInRegistry(
  { images, log, trouble }: Run,
  asked: ReadonlyMap<string, string>,
): Promise<InRegistry> {
  const tagged = [...asked].filter(([, image]) => pinnedDigest(image) === undefined)
  if (tagged.length === 0) return { digests: new Map(), missing: [] }
  const containerDefinitions = tagged.map(([name, image]) => ({ name, image }))
  const { digests, elsewhere, findings, unchecked } = await preflight({ containerDefinitions }, images)
  for (const [container, digest] of digests) {
    log.info(`Container ${container}: Amazon ECR has ${digest} for ${asked.get(container)}`)
  }
  for (const line of elsewhere) log.info(`Not asked: ${line}`)
  for (const { error } of unchecked) trouble(error instanceof ActionError ? error : String(error))
  return { digests, missing: findings }
}
