import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ECRClient } from '@aws-sdk/client-ecr'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { STSClient } from '@aws-sdk/client-sts'
import { ActionError } from '../action/action-error.ts'
import type { Environment } from '../action/spec.ts'

export interface ClientOptions {
  /** The input aws-region; without it AWS_REGION, then AWS_DEFAULT_REGION. */
  region: string | undefined
  env: Environment
  /** The action's name; it shows as `ecs-release-actions/NAME` in CloudTrail's user agent. */
  userAgent: string
}

/** Each client is made when it is first used. */
export interface AwsClients {
  readonly region: string
  readonly ecr: ECRClient
  readonly ecs: ECSClient
  /** For calls that may not take effect twice: it makes one attempt, and what is to be done without an answer is up to the caller. */
  readonly ecsOnce: ECSClient
  readonly elbv2: ElasticLoadBalancingV2Client
  readonly logs: CloudWatchLogsClient
  readonly sts: STSClient
}

// The SDK waits for ever by default. A socket that hangs is better given up and the call tried again. The calls that are made
// here answer in a second or two; with six attempts a longer time-out would leave a step silent for minutes.
const REQUEST_HANDLER = {
  connectionTimeout: 5_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
} as const
// Many jobs of one account deploy at the same time and share its request rates; three attempts do not outlast that.
const MAX_ATTEMPTS = 6

/** Clients with the SDK's own credential chain, endpoints (AWS_ENDPOINT_URL) and standard retries. */
export function awsClients({ region, env, userAgent }: ClientOptions): AwsClients {
  const config = {
    region: regionOf(region, env),
    retryMode: 'standard',
    requestHandler: REQUEST_HANDLER,
    customUserAgent: `ecs-release-actions/${userAgent}`,
    ...(env.AWS_MAX_ATTEMPTS ? {} : { maxAttempts: MAX_ATTEMPTS }),
  }
  const ecr = once(() => new ECRClient(config))
  const ecs = once(() => new ECSClient(config))
  const ecsOnce = once(() => new ECSClient({ ...config, maxAttempts: 1 }))
  const elbv2 = once(() => new ElasticLoadBalancingV2Client(config))
  const logs = once(() => new CloudWatchLogsClient(config))
  const sts = once(() => new STSClient(config))
  return {
    region: config.region,
    get ecr() {
      return ecr()
    },
    get ecs() {
      return ecs()
    },
    get ecsOnce() {
      return ecsOnce()
    },
    get elbv2() {
      return elbv2()
    },
    get logs() {
      return logs()
    },
    get sts() {
      return sts()
    },
  }
}

/** Throws `invalid-input` when nothing names a region. */
export function regionOf(input: string | undefined, env: Environment): string {
  const region = input || env.AWS_REGION || env.AWS_DEFAULT_REGION
  if (region) return region
  throw new ActionError('invalid-input', 'aws-region: is required: the AWS Region, for example eu-west-1', {
    hint: 'Set the input aws-region, or run aws-actions/configure-aws-credentials before this step: it sets AWS_REGION.',
  })
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
