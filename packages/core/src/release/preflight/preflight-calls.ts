import type { AwsClients } from '../../aws/client.ts'
import { describeTargetGroups, type TargetGroup } from '../../aws/elbv2.ts'
import { logGroupExists } from '../../aws/logs.ts'

/** The calls to the services around Amazon ECS that a release makes before it writes anything; all of them only read. */
export interface PreflightCalls {
  targetGroups(arns: readonly string[]): Promise<readonly TargetGroup[]>
  /** Without a Region that of the service is meant. */
  logGroupExists(name: string, region: string | undefined): Promise<boolean>
}

/** The real calls. `clientsIn` gives clients for a Region; `record` hears the name of each call, as IAM spells it. */
export function connectPreflight(
  clientsIn: (region: string | undefined) => Pick<AwsClients, 'elbv2' | 'logs'>,
  record: (action: string) => void,
): PreflightCalls {
  return {
    targetGroups(arns) {
      record('elasticloadbalancing:DescribeTargetGroups')
      return describeTargetGroups(clientsIn(undefined).elbv2, arns)
    },
    logGroupExists(name, region) {
      record('logs:DescribeLogGroups')
      return logGroupExists(clientsIn(region).logs, name)
    },
  }
}
