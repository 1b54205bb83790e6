import type { Service } from '../../aws/ecs-model.ts'
import type { TargetGroup } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { healthCheckPort as text } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'
import { containersOf } from '../task-definition/document.ts'
import { portMappingsOf } from './port-mappings.ts'

/**
 * Fixed health-check ports at which no container of the task is to be reached. `traffic-port` follows each target, and the group's
 * own port is but the default for targets that are registered without one, which those of ECS never are.
 * Source: Elastic Load Balancing, "Health checks for ALB target groups", `HealthCheckPort`.
 */
export function healthCheckPortFindings(
  groups: readonly TargetGroup[],
  { loadBalancers }: Pick<Service, 'loadBalancers'>,
  definition: JsonObject,
): Finding[] {
  return groups.flatMap(({ arn, healthCheckPort, name }): Finding[] => {
    const fixed = Number(healthCheckPort)
    const served = loadBalancers.find(({ targetGroupArn }) => targetGroupArn === arn)
    if (!Number.isInteger(fixed) || served === undefined || isReachable(definition, fixed)) return []
    const { containerName: container, containerPort: port } = served
    return [finding(text, text.cases.fixed, { group: name, fixed, port, container }, [])]
  })
}

/** In network mode bridge a container is reached at its host port, otherwise at its own. */
function isReachable(definition: JsonObject, port: number): boolean {
  const own = definition.networkMode === 'awsvpc' || definition.networkMode === 'host'
  return containersOf(definition)
    .flatMap(portMappingsOf)
    .some((mapping) =>
      own ? mapping.containerPort === port || inRange(mapping, port) : mapping.hostPort === port,
    )
}

/** `containerPortRange` is written `8000-8010`. */
function inRange({ containerPortRange }: JsonObject, port: number): boolean {
  const [first = Number.NaN, last = Number.NaN] = String(containerPortRange ?? '')
    .split('-')
    .map(Number)
  return first <= port && port <= last
}
