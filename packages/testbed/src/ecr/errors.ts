import { ServiceError } from '../wire/service-error.ts'

/*
 * ECR's refusals that more than one operation, or the registry API, gives. Texts as aws-model.md 3.2 has them; those
 * that it does not know are [assumed].
 */

/** How ECR words a member that breaks a rule of the API. */
export function invalidParameter(member: string, constraint: string): ServiceError {
  return new ServiceError(
    'InvalidParameterException',
    `Invalid parameter at '${member}' failed to satisfy constraint: '${constraint}'`,
  )
}

export function repositoryNotFound(name: string, registryId: string): ServiceError {
  return new ServiceError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  )
}

export function repositoryAlreadyExists(name: string, registryId: string): ServiceError {
  return new ServiceError(
    'RepositoryAlreadyExistsException',
    `The repository with name '${name}' already exists in the registry with id '${registryId}'`,
  )
}

export function repositoryNotEmpty(name: string, registryId: string): ServiceError {
  return new ServiceError(
    'RepositoryNotEmptyException',
    `The repository with name '${name}' in registry with id '${registryId}' cannot be deleted because it still contains images`,
  )
}

export function tagIsImmutable(tag: string, repository: string): ServiceError {
  return new ServiceError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${repository}' repository and cannot be overwritten because the repository is immutable.`,
  )
}

export function imageNotFound(imageId: string, repository: string, registryId: string): ServiceError {
  return new ServiceError(
    'ImageNotFoundException',
    `The image with imageId ${imageId} does not exist within the repository with name '${repository}' in the registry with id '${registryId}'`,
  )
}

export function layersNotFound(layer: string, repository: string, registryId: string): ServiceError {
  return new ServiceError(
    'LayersNotFoundException',
    `The layer with digest '${layer}' does not exist in the repository with name '${repository}' in the registry with id '${registryId}'`,
  )
}
