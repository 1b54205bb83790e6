import type { JsonObject } from '../wire/json.ts'
import type { Operation, Permission, Service } from '../wire/service.ts'
import { describeImages, listImages } from './operations/describe-images.ts'
import { describeImageScanFindings, startImageScan } from './operations/image-scans.ts'
import { batchDeleteImage, batchGetImage, putImage } from './operations/images.ts'
import { batchCheckLayerAvailability, getDownloadUrlForLayer } from './operations/layers.ts'
import {
  deleteLifecyclePolicy,
  getLifecyclePolicy,
  putLifecyclePolicy,
} from './operations/lifecycle-policy.ts'
import {
  batchGetRepositoryScanningConfiguration,
  describePullThroughCacheRules,
  getAccountSetting,
  getAuthorizationToken,
  getRegistryScanningConfiguration,
  putAccountSetting,
} from './operations/registry-settings.ts'
import {
  createRepository,
  deleteRepository,
  describeRepositories,
  putImageScanningConfiguration,
  putImageTagMutability,
} from './operations/repositories.ts'
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts'
import { ecrBuckets } from './rate-buckets.ts'
import { type EcrOperation, type EcrWorld, repositoryArn } from './world.ts'

const operations: Readonly<Record<string, EcrOperation>> = {
  BatchCheckLayerAvailability: batchCheckLayerAvailability,
  BatchDeleteImage: batchDeleteImage,
  BatchGetImage: batchGetImage,
  BatchGetRepositoryScanningConfiguration: batchGetRepositoryScanningConfiguration,
  CreateRepository: createRepository,
  DeleteLifecyclePolicy: deleteLifecyclePolicy,
  DeleteRepository: deleteRepository,
  DescribeImageScanFindings: describeImageScanFindings,
  DescribeImages: describeImages,
  DescribePullThroughCacheRules: describePullThroughCacheRules,
  DescribeRepositories: describeRepositories,
  GetAccountSetting: getAccountSetting,
  GetAuthorizationToken: getAuthorizationToken,
  GetDownloadUrlForLayer: getDownloadUrlForLayer,
  GetLifecyclePolicy: getLifecyclePolicy,
  GetRegistryScanningConfiguration: getRegistryScanningConfiguration,
  ListImages: listImages,
  ListTagsForResource: listTagsForResource,
  PutAccountSetting: putAccountSetting,
  PutImage: putImage,
  PutImageScanningConfiguration: putImageScanningConfiguration,
  PutImageTagMutability: putImageTagMutability,
  PutLifecyclePolicy: putLifecyclePolicy,
  StartImageScan: startImageScan,
  TagResource: tagResource,
  UntagResource: untagResource,
}

/** The resource that a denial names: a repository, or `*` for what concerns the registry (IAM service reference, ECR). */
function deniedResource(
  { place }: EcrWorld,
  { repositoryName, repositoryNames, resourceArn }: JsonObject,
): string {
  if (typeof resourceArn === 'string') return resourceArn
  const name = Array.isArray(repositoryNames) ? repositoryNames[0] : repositoryName
  return typeof name === 'string' ? repositoryArn(place, name) : '*'
}

/** A repository that is created with tags is tagged. Source: Amazon ECR User Guide, "Tagging your private repository". */
function tagOnCreate(ecr: EcrWorld, operation: string, input: JsonObject): Permission[] {
  const tags = operation === 'CreateRepository' && Array.isArray(input.tags) && input.tags.length > 0
  return tags ? [{ action: 'ecr:TagResource', resource: deniedResource(ecr, input) }] : []
}

/** Amazon ECR's API as the wire server hosts it (aws-model.md 3). */
export function ecrService(ecr: EcrWorld): Service {
  const bind =
    (run: EcrOperation): Operation =>
    (input, call) =>
      run(ecr, input, call)
  return {
    name: 'ecr',
    protocol: {
      kind: 'json',
      contentVersion: '1.1',
      targetPrefix: 'AmazonEC2ContainerRegistry_V20150921',
    },
    operations: Object.fromEntries(Object.entries(operations).map(([name, run]) => [name, bind(run)])),
    buckets: ecrBuckets,
    resource: (_operation, input) => deniedResource(ecr, input),
    furtherPermissions: (operation, input) => tagOnCreate(ecr, operation, input),
  }
}
