import { objectList, optionalText, text } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { invalidParameter } from './refusals.ts'

/** Reads and checks the `tags` of a request; undefined when it has none. AWS refuses a list that is there but empty. */
export function checkTags(input: JsonObject): JsonObject[] | undefined {
  if ((input.tags ?? undefined) === undefined) return undefined
  const tags = objectList(input, 'tags')
  if (tags.length === 0) throw invalidParameter('Tags can not be empty.')
  if (tags.length > 50) throw invalidParameter('The maximum number of tags is 50.')
  const keys = tags.map((tag) => {
    optionalText(tag, 'value')
    return text(tag, 'key')
  })
  if (new Set(keys).size < keys.length) throw invalidParameter('Tag keys must be unique.')
  return tags
}
