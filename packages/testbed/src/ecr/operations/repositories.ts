import { type Repository, repositoryOf } from '../../images/repositories.ts'
import { flag, object, optionalText, required, textList } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import { invalidParameter, repositoryAlreadyExists, repositoryNotEmpty } from '../errors.ts'
import { mutable, readTagMutability, tagMutabilityView } from '../tag-mutability.ts'
import { type EcrWorld, repositoryArn } from '../world.ts'
import { belongsTo, existing, namedRepository, pageOf, repositoryName } from './named-repository.ts'
import { addTags } from './tags.ts'

function repositoryView(ecr: EcrWorld, repository: Repository): JsonObject {
  const record = ecr.records.of(repository)
  return {
    repositoryArn: repositoryArn(ecr.place, repository.name),
    ...belongsTo(ecr, repository),
    repositoryUri: `${ecr.host}/${repository.name}`,
    createdAt: record.createdAt / 1000,
    ...tagMutabilityView(record.mutability),
    imageScanningConfiguration: { scanOnPush: record.scanOnPush },
    encryptionConfiguration: record.encryption,
  }
}

/** CreateRepository: of any number of callers at once, one creates it. Source: ECR API reference. */
export function createRepository(ecr: EcrWorld, input: JsonObject): JsonObject {
  const name = repositoryName(input)
  const registryId = optionalText(input, 'registryId') ?? ecr.place.accountId
  const mutability = readTagMutability(input) ?? mutable
  const scanOnPush = scanOnPushOf(input) ?? false
  const encryption = encryptionOf(input)
  const tags = addTags(new Map(), input)
  if (ecr.repositories.has(name)) throw repositoryAlreadyExists(name, registryId)
  const repository = repositoryOf(ecr.repositories, name)
  const createdByCall = ecr.clock.now()
  Object.assign(ecr.records.of(repository), { mutability, scanOnPush, encryption, tags, createdByCall })
  return { repository: repositoryView(ecr, repository) }
}

function encryptionOf(input: JsonObject): JsonObject {
  const given = object(input, 'encryptionConfiguration') ?? {}
  const encryptionType = optionalText(given, 'encryptionType') ?? 'AES256'
  if (!['AES256', 'KMS', 'KMS_DSSE'].includes(encryptionType)) {
    throw invalidParameter('encryptionType', 'Member must satisfy enum value set: [AES256, KMS, KMS_DSSE]')
  }
  return present({ encryptionType, kmsKey: optionalText(given, 'kmsKey') })
}

function scanOnPushOf(input: JsonObject): boolean | undefined {
  return flag(object(input, 'imageScanningConfiguration') ?? {}, 'scanOnPush')
}

/** DescribeRepositories: by names (then all of them must exist) or in pages, by name [order assumed]. */
export function describeRepositories(ecr: EcrWorld, input: JsonObject): JsonObject {
  const names = textList(input, 'repositoryNames')
  if (names.length > 100) {
    throw invalidParameter('repositoryNames', 'Member must have length less than or equal to 100')
  }
  if (names.length > 0) {
    const registryId = optionalText(input, 'registryId')
    const named = names.map((name) => existing(ecr, name, registryId))
    return { repositories: named.map((repository) => repositoryView(ecr, repository)) }
  }
  const all = [...ecr.repositories.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const { page, nextToken } = pageOf(all, input)
  return present({ repositories: page.map((repository) => repositoryView(ecr, repository)), nextToken })
}

/** DeleteRepository; with images in it only by `force`. */
export function deleteRepository(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  if (repository.manifests.size > 0 && flag(input, 'force') !== true) {
    throw repositoryNotEmpty(repository.name, ecr.place.accountId)
  }
  ecr.repositories.delete(repository.name)
  return { repository: repositoryView(ecr, repository) }
}

/** PutImageTagMutability. Tags that exist keep naming what they name. */
export function putImageTagMutability(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const mutability = required(readTagMutability(input), 'imageTagMutability')
  ecr.records.of(repository).mutability = mutability
  return { ...belongsTo(ecr, repository), ...tagMutabilityView(mutability) }
}

/** PutImageScanningConfiguration: deprecated by AWS in favour of the registry's setting, and working. */
export function putImageScanningConfiguration(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  required(object(input, 'imageScanningConfiguration'), 'imageScanningConfiguration')
  const scanOnPush = scanOnPushOf(input) ?? false
  ecr.records.of(repository).scanOnPush = scanOnPush
  return { ...belongsTo(ecr, repository), imageScanningConfiguration: { scanOnPush } }
}
