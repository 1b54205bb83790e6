import { objectList, optionalText, text } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { invalidParameter } from './errors.ts'

const settings = ['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'] as const

/** Which tags of a repository may move to another image. */
export interface TagMutability {
  setting: (typeof settings)[number]
  /** Wildcard filters; the tags that match are treated the other way round. */
  exclusions: readonly string[]
}

export const mutable: TagMutability = { setting: 'MUTABLE', exclusions: [] }

/** Reads the setting of CreateRepository and PutImageTagMutability. Source: ECR API reference, "PutImageTagMutability". */
export function readTagMutability(input: JsonObject): TagMutability | undefined {
  const given = optionalText(input, 'imageTagMutability')
  if (given === undefined) return undefined
  const setting = settings.find((known) => known === given)
  if (!setting) {
    const values = settings.join(', ')
    throw invalidParameter('imageTagMutability', `Member must satisfy enum value set: [${values}]`)
  }
  const filters = 'imageTagMutabilityExclusionFilters'
  const exclusions = objectList(input, filters).map(readFilter)
  const excluding = setting.endsWith('_WITH_EXCLUSION')
  if (excluding && exclusions.length === 0) {
    throw invalidParameter(filters, `Member must not be empty when imageTagMutability is ${setting}`)
  }
  if (!excluding && exclusions.length > 0) {
    throw invalidParameter(filters, `Member must be empty when imageTagMutability is ${setting}`)
  }
  if (exclusions.length > 5) {
    throw invalidParameter(filters, 'Member must have length less than or equal to 5')
  }
  return { setting, exclusions }
}

function readFilter(filter: JsonObject): string {
  const pattern = text(filter, 'filter')
  if (text(filter, 'filterType') !== 'WILDCARD') {
    throw invalidParameter('filterType', 'Member must satisfy enum value set: [WILDCARD]')
  }
  if (!/^[0-9a-zA-Z._*-]{1,128}$/.test(pattern) || pattern.split('*').length > 3) {
    throw invalidParameter('filter', 'must satisfy regular expression ^[0-9a-zA-Z._*-]{1,128}$')
  }
  return pattern
}

/** Whether a tag that names one image may come to name another. */
export function mayMove({ setting, exclusions }: TagMutability, tag: string): boolean {
  const excluded = exclusions.some((filter) => {
    const literal = filter.replaceAll('.', '\\.').replaceAll('*', '.*')
    return new RegExp(`^${literal}$`).test(tag)
  })
  return setting.startsWith('IMMUTABLE') ? excluded : !excluded
}

export function tagMutabilityView({ setting, exclusions }: TagMutability): JsonObject {
  if (exclusions.length === 0) return { imageTagMutability: setting }
  return {
    imageTagMutability: setting,
    imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({ filterType: 'WILDCARD', filter })),
  }
}
