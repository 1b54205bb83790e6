import { isIPv4 } from 'node:net'
import { notRegistered } from '../balancer/target-health.ts'
import { objectList, text, textList } from '../wire/input.ts'
import { type JsonObject, present } from '../wire/json.ts'
import type { Operation } from '../wire/service.ts'
import { ServiceError } from '../wire/service-error.ts'
import type { ElbWorld } from './elb-world.ts'
import { constraint, invalid } from './errors.ts'
import { numberWithin } from './fields.ts'
import type { TargetGroup } from './model.ts'
import type { Target, TargetHealth } from './targets.ts'

/** Targets per load balancer. Source: "Quotas for your Application Load Balancers". */
const mostTargets = 1_000

function readTargets(group: TargetGroup, input: JsonObject): Target[] {
  return objectList(input, 'Targets').map((one) => ({
    id: text(one, 'Id'),
    port: numberWithin(one, 'Port', 1, 65_535) ?? group.port,
  }))
}

function checkTarget(group: TargetGroup, { id }: Target): void {
  if (group.targetType === 'ip') {
    if (!isIPv4(id))
      throw new ServiceError('InvalidTarget', `The IP address '${id}' is not a valid IPv4 address`)
    return
  }
  // There are no EC2 instances here, so none is running.
  throw new ServiceError(
    'InvalidTarget',
    `The following targets are not in a running state and cannot be registered: '${id}'`,
  )
}

function registerTargets(group: TargetGroup, input: JsonObject): JsonObject {
  const targets = readTargets(group, input)
  if (targets.length === 0) throw invalid('At least one target must be specified')
  for (const target of targets) checkTarget(group, target)
  if (group.pool.healths().length + targets.length > mostTargets) {
    throw new ServiceError('TooManyTargets', 'The maximum number of targets has been reached')
  }
  for (const target of targets) group.pool.register(target)
  return {}
}

/** Without a port, every port under which the id is registered. A target that is not registered is no error. */
function deregisterTargets(group: TargetGroup, input: JsonObject): JsonObject {
  const named = objectList(input, 'Targets')
  if (named.length === 0) throw invalid('At least one target must be specified')
  const targets = readTargets(group, input)
  for (const [index, target] of targets.entries()) {
    const withPort = named[index]?.Port !== undefined
    const ports = withPort ? [target.port] : group.pool.portsOf(target.id)
    for (const port of ports) group.pool.deregister({ id: target.id, port })
  }
  return {}
}

/** HealthCheckPort is the real number here, where DescribeTargetGroups says `traffic-port`. */
function healthView(group: TargetGroup, health: TargetHealth, anomalies: boolean): JsonObject {
  const { target, state, reason, description } = health
  const { port } = group.healthCheck
  return present({
    Target: { Id: target.id, Port: target.port },
    HealthCheckPort: `${port === 'traffic-port' ? target.port : port}`,
    TargetHealth: present({ State: state, Reason: reason, Description: description }),
    AnomalyDetection: anomalies ? { Result: 'normal', MitigationInEffect: 'no' } : undefined,
  })
}

function describeTargetHealth(group: TargetGroup, input: JsonObject): JsonObject {
  const include = textList(input, 'Include')
  const unknown = include.find((one) => one !== 'All' && one !== 'AnomalyDetection')
  if (unknown !== undefined) {
    throw constraint('Include', unknown, 'Member must satisfy enum value set: [AnomalyDetection, All]')
  }
  const named = readTargets(group, input)
  const healths =
    named.length === 0
      ? group.pool.healths()
      : named.map((target) => group.pool.health(target) ?? { target, ...notRegistered })
  return {
    TargetHealthDescriptions: healths.map((health) => healthView(group, health, include.length > 0)),
  }
}

export function targetOperations({ state }: ElbWorld): Record<string, Operation> {
  const named = (input: JsonObject): TargetGroup => state.targetGroup(text(input, 'TargetGroupArn'))
  return {
    RegisterTargets: (input) => registerTargets(named(input), input),
    DeregisterTargets: (input) => deregisterTargets(named(input), input),
    DescribeTargetHealth: (input) => describeTargetHealth(named(input), input),
  }
}
