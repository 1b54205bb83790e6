import { optionalText } from '../wire/input.ts'
import { type JsonObject, present } from '../wire/json.ts'
import { paginate } from '../wire/paging.ts'
import type { LogGroup, LogGroups } from './log-groups.ts'
import { invalidParameter, limit } from './log-input.ts'

function view(group: LogGroup, patternGiven: boolean): JsonObject {
  const { name, arn, createdAt, retentionInDays } = group
  return present({
    logGroupName: name,
    creationTime: createdAt,
    retentionInDays,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: 'STANDARD',
    // A search by pattern leaves these two out.
    storedBytes: patternGiven ? undefined : 0,
    deletionProtectionEnabled: patternGiven ? undefined : false,
  })
}

/** DescribeLogGroups: ordered by name, by prefix or by a part of the name. Source: CloudWatch Logs API reference. */
export function describeLogGroups(groups: LogGroups, input: JsonObject): JsonObject {
  const prefix = optionalText(input, 'logGroupNamePrefix')
  const pattern = optionalText(input, 'logGroupNamePattern')
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    )
  }
  const found = [...groups.groups.values()]
    .filter(({ name }) => name.startsWith(prefix ?? '') && name.includes(pattern ?? ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const { page, nextToken } = paginate(found, optionalText(input, 'nextToken'), limit(input, 50), () =>
    invalidParameter('The specified nextToken is invalid.'),
  )
  return present({ logGroups: page.map((group) => view(group, pattern !== undefined)), nextToken })
}
