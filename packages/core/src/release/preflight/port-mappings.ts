import type { Service } from '../../aws/ecs-model.ts'
import { isJsonObjectList, type JsonObject } from '../../aws/json.ts'
import type { Finding } from '../finding.ts'
import { containerNames, containersOf, textOf } from '../task-definition/document.ts'

/** The port mappings of a container definition. */
export function portMappingsOf(container: JsonObject): readonly JsonObject[] {
  const { portMappings = null } = container
  return isJsonObjectList(portMappings) ? portMappings : []
}

/**
 * Containers and ports to which the service sends the requests of its load balancers, and which the task definition does not have.
 * UpdateService refuses such a definition, when its revision is registered already.
 * Source: API reference, LoadBalancer, `containerName` and `containerPort`.
 */
export function portMappingFindings(
  { loadBalancers }: Pick<Service, 'loadBalancers'>,
  definition: JsonObject,
): Finding[] {
  const causes = loadBalancers.flatMap(({ containerName, containerPort }) => {
    const container = containersOf(definition).find((each) => textOf(each, 'name') === containerName)
    if (container === undefined) {
      return `the service sends requests to container ${containerName}, and the task definition has only ${containerNames(definition).join(', ')}`
    }
    const ports = portMappingsOf(container).map((mapping) => mapping.containerPort)
    if (ports.includes(containerPort)) return []
    const mapped = ports.filter((port) => port !== undefined)
    return `the service sends requests to port ${containerPort} of container ${containerName}, whose portMappings have ${mapped.length === 0 ? 'no port' : mapped.join(', ')}`
  })
  return [...new Set(causes)].map((cause) => ({
    code: 'port-mapping',
    cause,
    remedy:
      'Give the container this name and a portMapping with this containerPort in the task definition, or change containerName and containerPort in the loadBalancers of the service.',
    evidence: [],
  }))
}
