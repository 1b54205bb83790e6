import { objectList, optionalText, text, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { invalidParameter } from '../errors.ts'
import type { RepositoryRecord } from '../repository-record.ts'
import { type EcrWorld, repositoryArn } from '../world.ts'
import { existing } from './named-repository.ts'

/** Adds the request's `tags`, `[{ Key, Value }]`, to those there are. Source: ECR API reference, "Tag". */
export function addTags(tags: ReadonlyMap<string, string>, input: JsonObject): Map<string, string> {
  const all = new Map(tags)
  for (const tag of objectList(input, 'tags')) {
    const [key, value] = [text(tag, 'Key'), optionalText(tag, 'Value') ?? '']
    if (key.length < 1 || key.length > 128 || value.length > 256 || /^aws:/i.test(key)) {
      throw new ServiceError('InvalidTagParameterException', `The tag with key '${key}' is not valid`)
    }
    all.set(key, value)
  }
  if (all.size > 50) throw new ServiceError('TooManyTagsException', 'A resource can have at most 50 tags')
  return all
}

function recordOf(ecr: EcrWorld, input: JsonObject): RepositoryRecord {
  const arn = text(input, 'resourceArn')
  const prefix = repositoryArn(ecr.place, '')
  if (!arn.startsWith(prefix)) throw invalidParameter('resourceArn', 'Invalid ARN')
  return ecr.records.of(existing(ecr, arn.slice(prefix.length)))
}

/** TagResource: adds tags and replaces values. */
export function tagResource(ecr: EcrWorld, input: JsonObject): JsonObject {
  const record = recordOf(ecr, input)
  record.tags = addTags(record.tags, input)
  return {}
}

export function untagResource(ecr: EcrWorld, input: JsonObject): JsonObject {
  const { tags } = recordOf(ecr, input)
  for (const key of textList(input, 'tagKeys')) tags.delete(key)
  return {}
}

export function listTagsForResource(ecr: EcrWorld, input: JsonObject): JsonObject {
  return { tags: [...recordOf(ecr, input).tags].map(([Key, Value]) => ({ Key, Value })) }
}
