import type { JsonObject, JsonValue } from '../wire/json.ts'
import { arn, type Place } from '../wire/place.ts'
import { clusterArn, lastName, localName, serviceArn, taskArn } from './arns.ts'

/** The resource that an access-denied text names for an ECS call; `*` for actions without a resource (ecs-model.md 6.3). */
export function deniedResource(place: Place, operation: string, input: JsonObject): string {
  switch (operation) {
    case 'DescribeClusters':
      return clusterOf(place, first(input.clusters))
    case 'DeleteCluster':
      return clusterOf(place, input.cluster)
    case 'CreateService':
      return inCluster(place, input, 'service', input.serviceName)
    case 'UpdateService':
    case 'DeleteService':
    case 'ListServiceDeployments':
      return inCluster(place, input, 'service', input.service)
    case 'DescribeServices':
      return inCluster(place, input, 'service', first(input.services))
    case 'StopTask':
      return inCluster(place, input, 'task', input.task)
    case 'DescribeTasks':
      return inCluster(place, input, 'task', first(input.tasks))
    case 'DescribeServiceDeployments':
      return asText(first(input.serviceDeploymentArns)) ?? '*'
    case 'StopServiceDeployment':
      return asText(input.serviceDeploymentArn) ?? '*'
    case 'DescribeServiceRevisions':
      return asText(first(input.serviceRevisionArns)) ?? '*'
    // Source: Service Authorization Reference, Amazon ECS: of the calls about task definitions only this one has a resource.
    case 'RegisterTaskDefinition':
      return arn(place, 'ecs', `task-definition/${asText(input.family) ?? ''}:*`)
    default:
      return '*'
  }
}

// The wire asks for the resource before the operation has checked anything, so whatever is malformed reads as absent.
function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function first(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? value[0] : undefined
}

function clusterOf(place: Place, given: JsonValue | undefined): string {
  const name = asText(given) ?? 'default'
  return clusterArn(place, localName(place, 'cluster', name) ?? name)
}

function inCluster(
  place: Place,
  input: JsonObject,
  kind: 'service' | 'task',
  given: JsonValue | undefined,
): string {
  const text = asText(given)
  if (text === undefined) return '*'
  const cluster = asText(input.cluster) ?? 'default'
  const found = lastName(place, kind, text)
  const clusterName = found?.cluster ?? localName(place, 'cluster', cluster) ?? cluster
  const make = kind === 'service' ? serviceArn : taskArn
  return found ? make(place, clusterName, found.name) : text
}
