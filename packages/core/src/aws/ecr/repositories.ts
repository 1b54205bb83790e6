import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  GetLifecyclePolicyCommand,
  PutLifecyclePolicyCommand,
  type Repository,
} from '@aws-sdk/client-ecr'
import { call } from '../call.ts'
import { awsErrorName } from '../errors.ts'
import { present } from '../present.ts'

/** Without a registry, which is an account id, the caller's own account is meant. */
export interface RepositoryId {
  name: string
  registryId?: string | undefined
}

export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION'

export interface EcrRepository {
  name: string
  registryId: string
  arn: string
  /** `REGISTRY-HOST/NAME` */
  uri: string
  /** A TagMutability, or a word that AWS has added since. */
  mutability: string
  /** Wildcard patterns of the tags for which the opposite holds. */
  exclusions: readonly string[]
  scanOnPush: boolean
}

export interface NewRepository extends RepositoryId {
  mutability: TagMutability
  exclusions: readonly string[]
  scanOnPush: boolean
  tags: Readonly<Record<string, string>>
}

/** undefined when there is none of that name. */
export async function describeRepository(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
): Promise<EcrRepository | undefined> {
  try {
    return await call('ecr:DescribeRepositories', `read the repository ${name}`, async () => {
      const answer = await ecr.send(new DescribeRepositoriesCommand({ registryId, repositoryNames: [name] }))
      return repositoryOf(present(answer.repositories?.[0], 'repositories'))
    })
  } catch (error) {
    if (awsErrorName(error) === 'RepositoryNotFoundException') return undefined
    throw error
  }
}

/** undefined when somebody else has created it meanwhile. */
export async function createRepository(
  ecr: ECRClient,
  repository: NewRepository,
): Promise<EcrRepository | undefined> {
  const { name, registryId, mutability, exclusions, scanOnPush, tags } = repository
  try {
    return await call('ecr:CreateRepository', `create the repository ${name}`, async () => {
      const answer = await ecr.send(
        new CreateRepositoryCommand({
          registryId,
          repositoryName: name,
          imageTagMutability: mutability,
          ...(mutability.endsWith('_WITH_EXCLUSION') && {
            imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({
              filterType: 'WILDCARD',
              filter,
            })),
          }),
          imageScanningConfiguration: { scanOnPush },
          tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      )
      return repositoryOf(present(answer.repository, 'CreateRepositoryResponse.repository'))
    })
  } catch (error) {
    if (awsErrorName(error) === 'RepositoryAlreadyExistsException') return undefined
    throw error
  }
}

/** `policy` is the JSON text of the rules. It replaces the one that the repository has. */
export function putLifecyclePolicy(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
  policy: string,
): Promise<void> {
  return call('ecr:PutLifecyclePolicy', `set the lifecycle policy of ${name}`, async () => {
    await ecr.send(
      new PutLifecyclePolicyCommand({ registryId, repositoryName: name, lifecyclePolicyText: policy }),
    )
  })
}

/** The JSON text of the rules; undefined when the repository has none. */
export async function getLifecyclePolicy(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
): Promise<string | undefined> {
  try {
    return await call('ecr:GetLifecyclePolicy', `read the lifecycle policy of ${name}`, async () => {
      const answer = await ecr.send(new GetLifecyclePolicyCommand({ registryId, repositoryName: name }))
      return present(answer.lifecyclePolicyText, 'GetLifecyclePolicyResponse.lifecyclePolicyText')
    })
  } catch (error) {
    if (awsErrorName(error) === 'LifecyclePolicyNotFoundException') return undefined
    throw error
  }
}

function repositoryOf(repository: Repository): EcrRepository {
  return {
    name: present(repository.repositoryName, 'Repository.repositoryName'),
    registryId: present(repository.registryId, 'Repository.registryId'),
    arn: repository.repositoryArn ?? '',
    uri: present(repository.repositoryUri, 'Repository.repositoryUri'),
    mutability: repository.imageTagMutability ?? 'MUTABLE',
    exclusions: (repository.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
    scanOnPush: repository.imageScanningConfiguration?.scanOnPush ?? false,
  }
}
