import { setTimeout as wait } from 'node:timers/promises'
import type { Testbed } from '@ecs-release/testbed'

/** The service has this name in every environment; its cluster has the environment's, of `eu/dev` the last part. */
export const service = 'orders'

export const clusterOf = (environment: string): string => `orders-${environment.split('/').at(-1)}`

/** Name of the artifact with the evidence of a deployment to an environment, in which GitHub takes no slash. */
export const evidenceOf = (environment: string): string =>
  `ecs-deploy-verify.${environment.replace('/', '-')}.us-east-1.${clusterOf(environment)}.${service}`

/** Digests that the tasks of an environment's service run, as ECS reports them. */
export async function runningDigests({ clients: { ecs } }: Testbed, environment: string): Promise<string[]> {
  const cluster = clusterOf(environment)
  const { taskArns = [] } = await ecs.listTasks({ cluster, serviceName: service })
  const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: taskArns })
  return tasks
    .filter(({ lastStatus }) => lastStatus === 'RUNNING')
    .flatMap(({ containers = [] }) => containers.map(({ imageDigest = '' }) => imageDigest))
}

/** What was written to ECS from a call on: the operation, the cluster or the family, and how many tasks there shall be if it says so. */
export function writtenSince({ calls }: Testbed, from: number): string[] {
  return calls
    .all()
    .slice(from)
    .filter((call) => call.service === 'ecs' && !/^(Describe|List)/.test(call.operation))
    .map(({ input: { cluster, desiredCount, family }, operation }) =>
      [operation, cluster ?? family, desiredCount].filter((part) => part !== undefined).join(' '),
    )
}

/** What a release writes in an environment; for dev alone it says how many tasks there shall be. */
export const writesOfRelease = (environment: string): string[] => [
  `RegisterTaskDefinition ${clusterOf(environment)}`,
  `UpdateService ${clusterOf(environment)}${environment === 'dev' ? ' 1' : ''}`,
]

/** Manifests of images that were pushed; those of the cache go to a repository of their own. */
export function pushedImages({ ecr }: Testbed): string[] {
  const paths = ecr.requests.of('PutImage').map(({ path }) => path)
  return paths.filter((path) => path.startsWith('/v2/orders/manifests/'))
}

/** Deploys by hand, and waits until the service is at rest. */
export async function redeploy(
  { clients: { ecs } }: Testbed,
  environment: string,
  taskDefinition: string,
): Promise<void> {
  const cluster = clusterOf(environment)
  const answer = await ecs.updateService({ cluster, service, taskDefinition })
  const primary = answer.service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
  for (let look = 0; look < 600; look++) {
    const { services } = await ecs.describeServices({ cluster, services: [service] })
    const [deployment, ...others] = services?.[0]?.deployments ?? []
    const atRest = deployment?.id === primary && deployment?.rolloutState === 'COMPLETED'
    if (atRest && others.length === 0) return
    await wait(100)
  }
  throw new Error(`${cluster} did not come to rest`)
}
