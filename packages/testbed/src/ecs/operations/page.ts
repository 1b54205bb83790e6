import { optionalText, wholeNumber } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { type Page, paginate } from '../../wire/paging.ts'
import { invalidParameter } from './refusals.ts'

/** Cuts the page that a List operation was asked for; `maxResults` is 1 to 100 in all of them. */
export function pageOf<T>(items: readonly T[], input: JsonObject, defaultSize: number): Page<T> {
  const size = wholeNumber(input, 'maxResults') ?? defaultSize
  if (size < 1 || size > 100) throw invalidParameter('maxResults must be between 1 and 100.')
  return paginate(items, optionalText(input, 'nextToken'), size, () => invalidParameter('Invalid token.'))
}
