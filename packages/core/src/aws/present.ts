import { ActionError } from '../action/action-error.ts'

/** The value of a member that an answer must have; `member` is its path in the API reference, `Service.serviceArn`. */
export function present<T>(value: T | null | undefined, member: string): T {
  if (value !== undefined && value !== null) return value
  throw new ActionError('incomplete-response', `The answer of AWS lacks ${member}`, {
    hint: 'If requests go through a proxy or an endpoint of your own (AWS_ENDPOINT_URL), check that it passes answers on unchanged.',
  })
}
