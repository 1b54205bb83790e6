import { form, type Kind } from '@ecs-release/core/action'

/** What the input repository says. A name alone leaves account and Region to the caller's. */
export interface Reference {
  name: string
  /** With its port if it has one; undefined for a name. */
  host: string | undefined
  /** The account id. */
  registryId: string | undefined
  region: string | undefined
}

const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const NAME = new RegExp(`^${PART}(?:/${PART})*$`)
// Source: Amazon ECR User Guide, registry endpoints: plain, FIPS and dual-stack, in all partitions.
const ECR_HOST = /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.[a-z0-9.-]+$/

/**
 * A name (`team/web`) or a URI (`111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/web`). A first part with a port is a host;
 * one with dots only may well be part of a name.
 */
export function parseReference(text: string): Reference | undefined {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const ecr = ECR_HOST.exec(first)?.groups
  const isHost = ecr !== undefined || /^[a-z0-9.-]+:\d+$/i.test(first)
  const name = isHost ? text.slice(slash + 1) : text
  if (!NAME.test(name) || name.length < 2 || name.length > 256) return undefined
  if (!isHost && /^public\.ecr\.aws\//.test(text)) return undefined
  return { name, host: isHost ? first : undefined, registryId: ecr?.account, region: ecr?.region }
}

/** The name alone of a repository that is in the registry of another one. */
export const repositoryName: Kind<string> = form(
  'the name alone of an ECR repository, in lower case, which is in the same registry as the image',
  (text) => {
    const parsed = parseReference(text)
    return parsed === undefined || parsed.host !== undefined ? undefined : parsed.name
  },
)

export const reference: Kind<Reference> = form(
  'the name or the URI of a private ECR repository, in lower case, without tag or digest',
  parseReference,
)
