import type { FoundTargetGroup } from '../../elbv2/targets.ts'
import { type VirtualClock, virtualClock } from '../../time/virtual-clock.ts'
import { isObject, type JsonObject, type JsonValue } from '../../wire/json.ts'
import { defaultPlace } from '../../wire/place.ts'
import type { Service as WireService } from '../../wire/service.ts'
import type { Ecs } from '../ecs-context.ts'
import { ecsService } from '../ecs-service.ts'
import type { Cluster, Service } from '../model.ts'
import { ecsState } from '../state.ts'
import { defaultConsistency, visibility } from '../views/visibility.ts'
import { type RecordingScheduler, recordingScheduler } from './recording-scheduler.ts'

export const targetGroupArn =
  'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/0123456789abcdef'

/** Two more, which no service here can have: no listener forwards to the one, the other is for instances. */
export const idleGroupArn: string = targetGroupArn.replace('/web/', '/idle/')
export const instanceGroupArn: string = targetGroupArn.replace('/web/', '/instances/')

const loadBalancerArns: readonly string[] = [
  'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/0123456789abcdef',
]
const groups: ReadonlyMap<string, FoundTargetGroup> = new Map([
  [targetGroupArn, { targetType: 'ip', loadBalancerArns }],
  [idleGroupArn, { targetType: 'ip', loadBalancerArns: [] }],
  [instanceGroupArn, { targetType: 'instance', loadBalancerArns }],
])

/** The ECS API of an empty account for tests, with a clock that stands still and a scheduler that only writes down. */
export interface Bench {
  ecs: Ecs
  clock: VirtualClock
  scheduler: RecordingScheduler
  service: WireService
  call(operation: string, input?: JsonObject): Promise<JsonObject>
  /** The part of the state that a call has made; throws when it is not there. */
  clusterNamed(name: string): Cluster
  serviceNamed(name: string): Service
}

const caller = {
  accessKeyId: 'ASIATEST',
  arn: 'arn:aws:sts::111122223333:assumed-role/deployer/github',
}

function there<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`${name} is not in the state`)
  return found
}

export function bench(): Bench {
  const clock = virtualClock()
  const scheduler = recordingScheduler(clock)
  const ecs: Ecs = {
    state: ecsState(),
    scheduler,
    clock,
    place: defaultPlace,
    visibility: visibility(clock, defaultConsistency),
    targetGroups: { find: (arn) => groups.get(arn) },
  }
  const service = ecsService(ecs)
  const clusterNamed = (name: string): Cluster => there(ecs.state.clusters.get(name), name)
  return {
    ecs,
    clock,
    scheduler,
    service,
    call: async (operation, input = {}) =>
      there(service.operations[operation], operation)(input, { operation, caller, requestId: 'request' }),
    clusterNamed,
    serviceNamed: (name) => there(clusterNamed('shop').services.get(name), name),
  }
}

/** A Fargate definition that AWS takes. */
export const webDefinition: JsonObject = {
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'web', image: 'nginx:1', portMappings: [{ containerPort: 8080 }] }],
}

/** A service that AWS takes on that definition. */
export const webService: JsonObject = {
  cluster: 'shop',
  serviceName: 'web',
  taskDefinition: 'web',
  desiredCount: 2,
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
  loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 8080 }],
}

/** A bench with cluster `shop`, two revisions of `web` and the service `web` on the first. */
export async function benchWithService(changes: JsonObject = {}): Promise<Bench> {
  const made = bench()
  await made.call('CreateCluster', { clusterName: 'shop' })
  await made.call('RegisterTaskDefinition', webDefinition)
  await made.call('RegisterTaskDefinition', webDefinition)
  await made.call('CreateService', { ...webService, taskDefinition: 'web:1', ...changes })
  return made
}

/** Walks into an answer: `at(answer, 'services', 0, 'status')`; undefined where there is nothing. */
export function at(value: JsonValue | undefined, ...path: (string | number)[]): JsonValue | undefined {
  let here: JsonValue | undefined = value
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined
    else here = isObject(here) ? here[step] : undefined
  }
  return here
}
