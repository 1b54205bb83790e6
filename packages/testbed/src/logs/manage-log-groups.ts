import { required, wholeNumber } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { ServiceError } from '../wire/service-error.ts'
import type { LogGroups } from './log-groups.ts'
import { invalidParameter, matching, namedGroup } from './log-input.ts'

const retentionPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

function alreadyExists(what: 'group' | 'stream'): ServiceError {
  return new ServiceError('ResourceAlreadyExistsException', `The specified log ${what} already exists`)
}

/** CreateLogGroup. Source: CloudWatch Logs API reference. */
export function createLogGroup(groups: LogGroups, input: JsonObject): JsonObject {
  const name = matching(input, 'logGroupName', /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/)
  if (groups.hasGroup(name)) throw alreadyExists('group')
  groups.createGroup(name)
  return {}
}

/** CreateLogStream. Source: CloudWatch Logs API reference. */
export function createLogStream(groups: LogGroups, input: JsonObject): JsonObject {
  const name = matching(input, 'logStreamName', /^[^:*]{1,512}$/)
  const group = namedGroup(groups, input)
  if (group.streams.has(name)) throw alreadyExists('stream')
  groups.createStream(group, name)
  return {}
}

/** PutRetentionPolicy, which only takes certain numbers of days. Source: CloudWatch Logs API reference. */
export function putRetentionPolicy(groups: LogGroups, input: JsonObject): JsonObject {
  const days = required(wholeNumber(input, 'retentionInDays'), 'retentionInDays')
  const group = namedGroup(groups, input)
  if (!retentionPeriods.includes(days)) {
    throw invalidParameter(`Invalid retentionInDays: ${days} is not one of ${retentionPeriods.join(', ')}`)
  }
  group.retentionInDays = days
  return {}
}
