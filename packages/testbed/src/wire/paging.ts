import { createHmac, randomBytes } from 'node:crypto'
import { ServiceError } from './service-error.ts'

/** One page of a listing; `nextToken` is undefined on the last one. */
export interface Page<T> {
  page: T[]
  nextToken: string | undefined
}

// A new key per process: a client that makes up a token, or keeps one for ever, is refused as AWS would refuse it.
const key = randomBytes(32)

function seal(position: string): string {
  return createHmac('sha256', key).update(position).digest('base64url')
}

/** An opaque token for a position in a listing. */
export function toToken(position: string): string {
  return Buffer.from(`${seal(position)}.${position}`).toString('base64url')
}

/** The position that `toToken` was given, or undefined when the token is none of ours. */
export function fromToken(token: string): string | undefined {
  const [mac, ...rest] = Buffer.from(token, 'base64url').toString().split('.')
  const position = rest.join('.')
  return mac === seal(position) && toToken(position) === token ? position : undefined
}

/**
 * Cuts one page out of a listing. `max` is the page size, already checked; `invalid` makes the service's own error
 * for a token that was not handed out.
 */
export function paginate<T>(
  items: readonly T[],
  token: string | undefined,
  max: number,
  invalid: () => ServiceError = () => new ServiceError('InvalidParameterException', 'Invalid token.'),
): Page<T> {
  const position = token === undefined ? '0' : fromToken(token)
  if (position === undefined || !/^\d+$/.test(position)) throw invalid()
  const start = Number(position)
  const end = start + max
  return { page: items.slice(start, end), nextToken: end < items.length ? toToken(String(end)) : undefined }
}
