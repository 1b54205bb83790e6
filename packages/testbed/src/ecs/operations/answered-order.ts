import { createHash } from 'node:crypto'
import type { JsonObject } from '../../wire/json.ts'

/**
 * Named entries in the order in which ECS answers them, which is its own: it keeps variables and secrets without one, so that
 * callers see them reshuffled, and again when one is added (hashicorp/terraform-provider-aws#3035, #11463 and #35792,
 * aws/aws-sdk-java#3043). There a short list may come back as it was sent; here it never does, whatever its order.
 */
export function answeredOrder(entries: readonly JsonObject[]): JsonObject[] {
  const place = ({ name }: JsonObject): string =>
    createHash('sha256')
      .update(`${entries.length} ${String(name)}`)
      .digest('hex')
  const ordered = entries.toSorted((one, other) => (place(one) < place(other) ? -1 : 1))
  return ordered.every((entry, index) => entry === entries[index]) ? ordered.toReversed() : ordered
}
