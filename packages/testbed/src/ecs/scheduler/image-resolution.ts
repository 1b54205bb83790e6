import { ImagePullError, type ResolvedImage } from '../../images/image.ts'
import { forbidden } from '../../images/pull-error.ts'
import { resolutionAttempts } from './circuit-breaker.ts'
import type { ContainerDefinition } from './container-definition.ts'
import { isInEcr, isPinned, pinned } from './image-reference.ts'
import type { DeploymentRun } from './service-run.ts'
import type { World } from './world.ts'

export type Resolution =
  | { kind: 'pulled'; images: Map<string, ResolvedImage> }
  | { kind: 'failed'; container: string; message: string }

/** Resolves the images of all containers of a task: by the digest that the deployment recorded, else by the reference. */
export async function resolveImages(
  { account, images: source }: Pick<World, 'account' | 'images'>,
  of: DeploymentRun,
  executionRole = '',
): Promise<Resolution> {
  const mayPull = account.roles.mayDo(executionRole, 'ecr:BatchGetImage')
  const images = new Map<string, ResolvedImage>()
  for (const { name, image } of of.containers) {
    const digest = of.deployment.revision.digests.get(name)
    const reference = digest === undefined ? image : pinned(image, digest)
    try {
      if (isInEcr(image) && !mayPull) throw forbidden(reference)
      images.set(name, await source.resolve(reference, `linux/${of.architecture}`))
    } catch (error) {
      // Anything but a refused pull is a defect of the testbed and must not look like one of AWS's answers.
      if (!(error instanceof ImagePullError)) throw error
      return { kind: 'failed', container: name, message: error.message }
    }
  }
  return { kind: 'pulled', images }
}

/**
 * Whether the next task has to resolve a tag first, so that only one may start (ecs-model.md 3.8). After three failed
 * attempts a deployment goes on without digests.
 */
export function mustResolve(of: DeploymentRun): boolean {
  if (of.failedResolutions >= resolutionAttempts) return false
  return of.containers.some((definition) => isUnresolved(of, definition))
}

/** Whether a container names a tag whose digest the deployment is to record and has not yet. */
export function isUnresolved(of: DeploymentRun, definition: ContainerDefinition): boolean {
  const { name, image, recordsDigest } = definition
  return recordsDigest && !isPinned(image) && !of.deployment.revision.digests.has(name)
}
