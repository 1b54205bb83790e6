import type { Service } from '../../aws/ecs-model.ts'
import { isJsonObjectList, type JsonObject } from '../../aws/json.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { portMapping as text } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'
import { containerNamed, containerNames } from '../task-definition/document.ts'

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
  const findings = loadBalancers.flatMap(({ containerName, containerPort: port }): Finding[] => {
    const container = containerNamed(definition, containerName)
    if (container === undefined) {
      const names = { container: containerName, containers: containerNames(definition).join(', ') }
      return [finding(text, text.cases.container, names, [])]
    }
    const mapped = portMappingsOf(container).flatMap(({ containerPort }) => containerPort ?? [])
    if (mapped.includes(port)) return []
    const ports = mapped.length === 0 ? 'no port' : mapped.join(', ')
    return [finding(text, text.cases.port, { container: containerName, port, ports }, [])]
  })
  return [...new Map(findings.map((each) => [each.cause, each])).values()]
}
