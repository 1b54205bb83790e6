import { ImagePullError } from './image.ts'
import { type ImageReference, parseReference } from './reference.ts'

// Fargate's texts as public transcripts show them (ecs-model.md 1.4); the numbers of retries are part of the text.

export function notFound(reference: string): ImagePullError {
  return new ImagePullError(
    `pull image manifest has been retried 7 time(s): failed to resolve ref ${reference}: ${reference}: not found`,
  )
}

/** Amazon ECR does not tell whether the role or the repository's policy is what refuses (seen in aws/aws-cdk#29876). */
export function forbidden(reference: string): ImagePullError {
  const { host = '', tag, digest } = parseReference(reference) ?? {}
  return new ImagePullError(
    `pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: ` +
      `pulling from host ${host} failed with status code [manifests ${digest ?? tag}]: 403 Forbidden`,
  )
}

export function noDescriptorMatching(platform: string): ImagePullError {
  return new ImagePullError(`image Manifest does not contain descriptor matching platform '${platform}'`)
}

/** Docker Hub tells a missing repository and a private one apart no more than this. */
export function pullAccessDenied({ host, repository, tag, digest }: ImageReference): ImagePullError {
  const suffix = digest === undefined ? `:${tag}` : `@${digest}`
  return new ImagePullError(
    `pull image manifest has been retried 1 time(s): failed to resolve ref ${host}/${repository}${suffix}: ` +
      'pull access denied, repository does not exist or may require authorization: ' +
      'server message: insufficient_scope: authorization failed',
  )
}
