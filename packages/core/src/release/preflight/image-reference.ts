import type { ImageId } from '../../aws/ecr/images.ts'

/** An image as a task definition names it. */
export interface ImageReference {
  /** With its port if it has one; `docker.io` where none is named. */
  host: string
  repository: string
  /** A digest decides, whatever tag stands before it; without both it is the tag `latest`. */
  id: ImageId
}

/** A private registry of Amazon ECR. */
export interface PrivateRegistry {
  /** The account id. */
  registryId: string
  region: string
}

const REFERENCE = /^(?<name>[^@]+?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/
const ECR_HOST = /^(?<registryId>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.[a-z0-9.-]+$/

/** undefined for text that is no reference. Source: distribution/reference, grammar and normalisation. */
export function parseImage(image: string): ImageReference | undefined {
  const { name, tag = 'latest', digest } = REFERENCE.exec(image)?.groups ?? {}
  if (name === undefined) return undefined
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(slash, 0))
  const id = digest === undefined ? { tag } : { digest }
  return /[.:]/.test(first)
    ? { host: first, repository: name.slice(slash + 1), id }
    : { host: 'docker.io', repository: name, id }
}

/** Which registry a host name is of. Source: Amazon ECR User Guide, registry endpoints: plain, FIPS and dual-stack, in all partitions. */
export function privateRegistry(host: string): PrivateRegistry | undefined {
  const { registryId, region } = ECR_HOST.exec(host)?.groups ?? {}
  return registryId === undefined || region === undefined ? undefined : { registryId, region }
}
