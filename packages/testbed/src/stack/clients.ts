import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { ECR } from '@aws-sdk/client-ecr'
import { ECS } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2'

/** The clients with which a person or Terraform would set the stack up. */
export interface Clients extends Disposable {
  ecr: ECR
  ecs: ECS
  elbv2: ElasticLoadBalancingV2
  logs: CloudWatchLogs
}

/** Clients for the testbed, from the environment variables that a workflow would get. */
export function clientsFor(environment: Readonly<Record<string, string>>): Clients {
  const variable = (name: string): string => {
    const value = environment[name]
    if (value === undefined) throw new Error(`the testbed's environment has no ${name}`)
    return value
  }
  const config = {
    endpoint: variable('AWS_ENDPOINT_URL'),
    region: variable('AWS_REGION'),
    credentials: {
      accessKeyId: variable('AWS_ACCESS_KEY_ID'),
      secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
      sessionToken: variable('AWS_SESSION_TOKEN'),
    },
  }
  const ecr = new ECR(config)
  const ecs = new ECS(config)
  const elbv2 = new ElasticLoadBalancingV2(config)
  const logs = new CloudWatchLogs(config)
  return {
    ecr,
    ecs,
    elbv2,
    logs,
    [Symbol.dispose](): void {
      for (const client of [ecr, ecs, elbv2, logs]) client.destroy()
    },
  }
}
