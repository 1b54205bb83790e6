import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { call } from './call.ts'

export interface LogTailQuery {
  group: string
  /** awslogs names it `prefix/container/task-id`. */
  stream: string
  /** At most this many, from 1 to 10000. */
  lines: number
}

/**
 * The last lines of a stream, oldest first. Lines arrive seconds after they were written. Throws `not-found` when there is
 * no such group or stream, which is how a container that never wrote anything looks.
 * Source: Amazon CloudWatch Logs API, GetLogEvents.
 */
export function tail(logs: CloudWatchLogsClient, { group, stream, lines }: LogTailQuery): Promise<string[]> {
  return call('logs:GetLogEvents', `read the log stream ${stream} of ${group}`, async () => {
    let found: string[] = []
    let token: string | undefined
    // A page may be empty although the stream goes on before it; the end is where the token repeats.
    for (;;) {
      const query = {
        logGroupName: group,
        logStreamName: stream,
        limit: lines - found.length,
        nextToken: token,
      }
      const page = await logs.send(new GetLogEventsCommand(query))
      found = [...(page.events ?? []).map((event) => event.message ?? ''), ...found]
      const next = page.nextBackwardToken
      if (found.length >= lines || next === undefined || next === token) return found
      token = next
    }
  })
}

/** Whether a log group of exactly that name exists. Groups are found by the beginning of their names, 50 at a time and in order. */
export function logGroupExists(logs: CloudWatchLogsClient, name: string): Promise<boolean> {
  return call('logs:DescribeLogGroups', `look for the log group ${name}`, async () => {
    let nextToken: string | undefined
    do {
      const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken }))
      if ((page.logGroups ?? []).some(({ logGroupName }) => logGroupName === name)) return true
      nextToken = page.nextToken
    } while (nextToken)
    return false
  })
}
