import type { Repository } from '../../images/repositories.ts'
import { optionalText, text, wholeNumber } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { type Page, paginate } from '../../wire/paging.ts'
import { invalidParameter, repositoryNotFound } from '../errors.ts'
import type { EcrWorld } from '../world.ts'

const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const namePattern = new RegExp(`^${part}(?:/${part})*$`)

/** A repository name that CreateRepository would take: 2 to 256 characters. Source: ECR API reference. */
export function repositoryName(input: JsonObject): string {
  const name = text(input, 'repositoryName')
  if (name.length < 2 || name.length > 256 || !namePattern.test(name)) {
    throw invalidParameter('repositoryName', `must satisfy regular expression '${namePattern.source}'`)
  }
  return name
}

/** The repository that a request names, in the registry that it names; only the account's own has any. */
export function namedRepository(ecr: EcrWorld, input: JsonObject): Repository {
  return existing(ecr, repositoryName(input), optionalText(input, 'registryId'))
}

export function existing(ecr: EcrWorld, name: string, registryId: string = ecr.place.accountId): Repository {
  const repository = registryId === ecr.place.accountId ? ecr.repositories.get(name) : undefined
  if (!repository) throw repositoryNotFound(name, registryId)
  return repository
}

/** One page of at most `maxResults` (1 to 1,000, by default 100). */
export function pageOf<T>(items: readonly T[], input: JsonObject): Page<T> {
  const max = wholeNumber(input, 'maxResults') ?? 100
  if (max > 1000) throw invalidParameter('maxResults', 'Member must have value less than or equal to 1000')
  if (max < 1) throw invalidParameter('maxResults', 'Member must have value greater than or equal to 1')
  return paginate(items, optionalText(input, 'nextToken'), max, () =>
    invalidParameter('nextToken', 'The specified pagination token is invalid'),
  )
}

/** What every answer about one repository begins with. */
export function belongsTo(ecr: EcrWorld, repository: Repository): JsonObject {
  return { registryId: ecr.place.accountId, repositoryName: repository.name }
}
