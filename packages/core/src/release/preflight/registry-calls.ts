import type { AwsClients } from '../../aws/client.ts'
import { batchGetImage, type ImageId, type StoredImage } from '../../aws/ecr/images.ts'
import { downloadBlob } from '../../aws/ecr/layers.ts'
import { pullThroughPrefixes } from '../../aws/ecr/pull-through.ts'
import { describeRepository, type EcrRepository, type RepositoryId } from '../../aws/ecr/repositories.ts'
import { awsErrorName } from '../../aws/errors.ts'

/** A repository of Amazon ECR. Without a Region the service's own is meant. */
export interface RepositoryPlace extends RepositoryId {
  region?: string | undefined
}

/** The calls to Amazon ECR that a release makes; all of them only read. */
export interface RegistryCalls {
  /** One of the caller's own account; undefined when there is none of that name. */
  repository(name: string): Promise<EcrRepository | undefined>
  image(place: RepositoryPlace, id: ImageId): Promise<StoredImage | 'no-image' | 'no-repository'>
  blob(place: RepositoryPlace, digest: string): Promise<string>
  /** Of the registry in which the repository is, or would be. */
  pullThroughPrefixes(place: RepositoryPlace): Promise<readonly string[]>
}

/** The real calls. `clientsIn` gives clients for a Region; `record` hears the name of each call, as IAM spells it. */
export function connectRegistry(
  clientsIn: (region: string | undefined) => Pick<AwsClients, 'ecr'>,
  record: (action: string) => void,
): RegistryCalls {
  const known = new Map<string | undefined, Pick<AwsClients, 'ecr'>>()
  const ecrIn = (region: string | undefined) => {
    const clients = known.get(region) ?? clientsIn(region)
    known.set(region, clients)
    return clients.ecr
  }
  return {
    repository(name) {
      record('ecr:DescribeRepositories')
      return describeRepository(ecrIn(undefined), { name })
    },
    async image(place, id) {
      record('ecr:BatchGetImage')
      try {
        const [stored] = await batchGetImage(ecrIn(place.region), place, [id])
        return stored ?? 'no-image'
      } catch (error) {
        if (awsErrorName(error) === 'RepositoryNotFoundException') return 'no-repository'
        throw error
      }
    },
    blob(place, digest) {
      record('ecr:GetDownloadUrlForLayer')
      return downloadBlob(ecrIn(place.region), place, digest)
    },
    pullThroughPrefixes({ region, registryId }) {
      record('ecr:DescribePullThroughCacheRules')
      return pullThroughPrefixes(ecrIn(region), registryId)
    },
  }
}
