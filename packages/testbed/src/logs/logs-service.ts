import { optionalText } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { arn } from '../wire/place.ts'
import type { Bucket, Operation, Service } from '../wire/service.ts'
import { describeLogGroups } from './describe-log-groups.ts'
import { describeLogStreams } from './describe-log-streams.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents } from './get-log-events.ts'
import type { LogGroups } from './log-groups.ts'
import { groupName } from './log-input.ts'
import { createLogGroup, createLogStream, putRetentionPolicy } from './manage-log-groups.ts'

// Calls per second in us-east-1; AWS gives no burst, so it is one second's worth.
const rates: Readonly<Record<string, number>> = {
  GetLogEvents: 25,
  FilterLogEvents: 25,
  DescribeLogGroups: 10,
  DescribeLogStreams: 25,
  CreateLogGroup: 10,
  CreateLogStream: 50,
}

function buckets(operation: string): readonly Bucket[] {
  const perSecond = rates[operation]
  return perSecond === undefined ? [] : [{ name: operation, burst: perSecond, perSecond }]
}

function resource(groups: LogGroups, operation: string, input: JsonObject): string {
  const group = operation === 'DescribeLogGroups' ? '' : groupName(input)
  const stream = operation === 'GetLogEvents' ? (optionalText(input, 'logStreamName') ?? '') : ''
  return arn(groups.place, 'logs', `log-group:${group}:log-stream:${stream}`)
}

/** Amazon CloudWatch Logs: the calls that create groups and read what tasks wrote (aws-model.md 5). */
export function logsService(groups: LogGroups): Service {
  const operation =
    (run: (groups: LogGroups, input: JsonObject) => JsonObject): Operation =>
    (input) =>
      run(groups, input)
  return {
    name: 'logs',
    protocol: { kind: 'json', contentVersion: '1.1', targetPrefix: 'Logs_20140328' },
    operations: {
      CreateLogGroup: operation(createLogGroup),
      CreateLogStream: operation(createLogStream),
      DescribeLogGroups: operation(describeLogGroups),
      DescribeLogStreams: operation(describeLogStreams),
      FilterLogEvents: operation(filterLogEvents),
      GetLogEvents: operation(getLogEvents),
      PutRetentionPolicy: operation(putRetentionPolicy),
    },
    buckets,
    resource: (name, input) => resource(groups, name, input),
  }
}
