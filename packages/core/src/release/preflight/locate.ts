import { ActionError } from '../../action/action-error.ts'
import type { ImageId } from '../../aws/ecr/images.ts'
import { parseImage, privateRegistry } from './image-reference.ts'
import type { RegistryCalls, RepositoryPlace } from './registry-calls.ts'

/** Registries that are never private ones of Amazon ECR, whatever they are called. */
const PUBLIC = ['docker.io', 'public.ecr.aws']

/**
 * The repository in Amazon ECR that an image is in, or why it is not there. A host that does not have the form of Amazon ECR's
 * may still be its registry, behind a name or an address of one's own: then the repository's URI says so.
 */
export async function locate(
  image: string,
  calls: Pick<RegistryCalls, 'repository'>,
): Promise<{ place: RepositoryPlace; id: ImageId } | { why: string }> {
  const reference = parseImage(image)
  if (reference === undefined) return { why: 'it is no image reference' }
  const { host, id, repository: name } = reference
  const registry = privateRegistry(host)
  if (registry !== undefined) return { place: { name, ...registry }, id }
  const foreign = { why: `${host} is no private registry of Amazon ECR` }
  if (PUBLIC.includes(host)) return foreign
  try {
    const repository = await calls.repository(name)
    if (repository?.uri !== `${host}/${name}`) return foreign
    return { place: { name, registryId: repository.registryId }, id }
  } catch (error) {
    // Most such hosts are other registries, so that nobody needs a permission for them.
    if (!(error instanceof ActionError) || error.code === 'credentials') throw error
    return { why: `whether ${host} belongs to Amazon ECR is not known: ${error.message}` }
  }
}
