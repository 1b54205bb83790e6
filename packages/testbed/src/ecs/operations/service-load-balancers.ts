import { objectList, optionalText, required, text, wholeNumber } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { Ecs } from '../ecs-context.ts'
import type { ServiceLoadBalancer, TaskDefinition } from '../model.ts'
import { invalidParameter, notModelled } from './refusals.ts'

/** The `loadBalancers` of a request; undefined when it has none, which UpdateService takes as "keep". Unknown members stay. */
export function readLoadBalancers(ecs: Ecs, input: JsonObject): ServiceLoadBalancer[] | undefined {
  if ((input.loadBalancers ?? undefined) === undefined) return undefined
  return objectList(input, 'loadBalancers').map((given) => {
    if (optionalText(given, 'loadBalancerName')) throw notModelled('Classic Load Balancers')
    const targetGroupArn = text(given, 'targetGroupArn')
    checkAssociated(ecs, targetGroupArn)
    const containerPort = required(wholeNumber(given, 'containerPort'), 'containerPort')
    return { ...given, targetGroupArn, containerName: text(given, 'containerName'), containerPort }
  })
}

function checkAssociated({ targetGroups }: Ecs, targetGroupArn: string): void {
  const found = targetGroups.find(targetGroupArn)
  // Seen for what is no ARN of a target group; for one that is gone it is assumed.
  if (!found) {
    throw invalidParameter(
      'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
    )
  }
  if (found.loadBalancerArns.length === 0) {
    const problem = 'does not have an associated load balancer.'
    throw invalidParameter(`The target group with targetGroupArn ${targetGroupArn} ${problem}`)
  }
}

/** A task with an address of its own is registered by that, every other one by its instance. A group that is gone is no matter here. */
export function checkTargetTypes(
  { targetGroups }: Ecs,
  loadBalancers: readonly ServiceLoadBalancer[],
  taskDefinition: TaskDefinition,
): void {
  const mode = optionalText(taskDefinition.raw, 'networkMode') ?? 'bridge'
  const wanted = mode === 'awsvpc' ? 'ip' : 'instance'
  for (const { targetGroupArn } of loadBalancers) {
    const targetType = targetGroups.find(targetGroupArn)?.targetType ?? wanted
    if (targetType === wanted) continue
    throw invalidParameter(
      `The provided target group ${targetGroupArn} has target type ${targetType}, which is incompatible with the ${mode} network mode specified in the task definition.`,
    )
  }
}

/** The container and port that a load balancer sends to must be in the task definition that is to run. */
export function checkContainersExist(
  loadBalancers: readonly ServiceLoadBalancer[],
  taskDefinition: TaskDefinition,
): void {
  const containers = objectList(taskDefinition.raw, 'containerDefinitions')
  for (const { containerName, containerPort } of loadBalancers) {
    const container = containers.find(({ name }) => name === containerName)
    if (!container) {
      throw invalidParameter(`The container ${containerName} does not exist in the task definition.`)
    }
    if (!objectList(container, 'portMappings').some((mapping) => mapping.containerPort === containerPort)) {
      throw invalidParameter(
        `The container ${containerName} did not have a container port ${containerPort} defined.`,
      )
    }
  }
}
