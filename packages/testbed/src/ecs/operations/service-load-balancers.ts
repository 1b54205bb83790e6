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
    if (!ecs.targetGroups.exists(targetGroupArn)) {
      const problem = 'does not have an associated load balancer.'
      throw invalidParameter(`The target group with targetGroupArn ${targetGroupArn} ${problem}`)
    }
    const containerPort = required(wholeNumber(given, 'containerPort'), 'containerPort')
    return { ...given, targetGroupArn, containerName: text(given, 'containerName'), containerPort }
  })
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
