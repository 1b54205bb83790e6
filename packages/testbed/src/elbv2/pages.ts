import { optionalText } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { paginate } from '../wire/paging.ts'
import { invalid } from './errors.ts'
import { numberWithin } from './fields.ts'

/** One page of a Describe answer under its list's name, with NextMarker unless it is the last. Default size 400 [assumed]. */
export function pageOf<T>(
  input: JsonObject,
  name: string,
  items: readonly T[],
  view: (item: T) => JsonObject,
): JsonObject {
  const size = numberWithin(input, 'PageSize', 1, 400) ?? 400
  const marker = optionalText(input, 'Marker')
  const { page, nextToken } = paginate(items, marker === '' ? undefined : marker, size, () =>
    invalid(`The marker '${marker}' is not valid`),
  )
  const answer: JsonObject = { [name]: page.map(view) }
  return nextToken === undefined ? answer : { ...answer, NextMarker: nextToken }
}
