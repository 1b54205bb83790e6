import { ServiceError } from '../../wire/service-error.ts'

/* The two codes that ECS uses for most of what it refuses; which text comes with which was seen, not designed. */

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message)
}

export function clientFault(message: string): ServiceError {
  return new ServiceError('ClientException', message)
}

/** For what AWS offers and the testbed does not model: refusing is honest where ignoring would look like success. */
export function notModelled(what: string): ServiceError {
  return new ServiceError('UnsupportedFeatureException', `The testbed does not model ${what}.`)
}

/** Refuses a list that is empty or longer than the operation takes. */
export function checkLength(items: readonly unknown[], name: string, most: number): void {
  if (items.length === 0) throw invalidParameter(`${name} cannot be empty.`)
  if (items.length > most) throw invalidParameter(`${name} cannot have more than ${most} entries.`)
}

/** An entry of `failures[]` for something that is not there; the call itself succeeds. */
export function missing(arn: string): { arn: string; reason: string } {
  return { arn, reason: 'MISSING' }
}
