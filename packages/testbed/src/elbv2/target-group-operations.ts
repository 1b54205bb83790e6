import { TargetPool } from '../balancer/target-pool.ts'
import { optionalText, required, text, textList } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import type { Operation } from '../wire/service.ts'
import { ServiceError } from '../wire/service-error.ts'
import { checkArn, targetGroupArn } from './arns.ts'
import { attributesView, defaultTargetGroupAttributes, setTargetGroupAttributes } from './attributes.ts'
import { groupsOf } from './elb-state.ts'
import type { ElbWorld } from './elb-world.ts'
import { duplicateName, notFound, notModelled } from './errors.ts'
import { atMostOne, numberWithin, oneOf, resourceName } from './fields.ts'
import { defaultHealthCheck, readHealthCheck } from './health-check-input.ts'
import type { TargetGroup } from './model.ts'
import { pageOf } from './pages.ts'
import { poolSettings } from './pool-settings.ts'
import { protocols } from './protocols.ts'

function readTargetGroup(input: JsonObject) {
  const name = resourceName(input, 'Target group')
  const targetType = oneOf(input, 'TargetType', ['instance', 'ip', 'lambda', 'alb']) ?? 'instance'
  if (targetType === 'lambda' || targetType === 'alb')
    throw notModelled(`target groups of type ${targetType}`)
  const protocol = required(oneOf(input, 'Protocol', protocols), 'protocol')
  if (protocol !== 'HTTP') throw notModelled(`target groups that speak ${protocol}`)
  const version = oneOf(input, 'ProtocolVersion', ['HTTP1', 'HTTP2', 'GRPC']) ?? 'HTTP1'
  if (version !== 'HTTP1') throw notModelled(`target groups that speak ${version}`)
  return {
    name,
    targetType,
    port: required(numberWithin(input, 'Port', 1, 65_535), 'port'),
    vpcId: text(input, 'VpcId'),
    healthCheck: readHealthCheck(input, defaultHealthCheck),
  }
}

function settingsOf(group: ReturnType<typeof readTargetGroup>): string {
  const { name, targetType, port, vpcId, healthCheck } = group
  return JSON.stringify({ name, targetType, port, vpcId, healthCheck })
}

function viewIn({ state }: ElbWorld) {
  return (group: TargetGroup): JsonObject => ({
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: 'HTTP',
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: `${group.healthCheck.port}`,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: group.healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: group.healthCheck.timeoutSeconds,
    HealthyThresholdCount: group.healthCheck.healthyThreshold,
    UnhealthyThresholdCount: group.healthCheck.unhealthyThreshold,
    HealthCheckPath: group.healthCheck.path,
    Matcher: { HttpCode: group.healthCheck.matcher },
    LoadBalancerArns: state.loadBalancersOf(group).map((loadBalancer) => loadBalancer.arn),
    TargetType: group.targetType,
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  })
}

function createTargetGroup(
  { state, place, clock, healthChecks, letsIn }: ElbWorld,
  input: JsonObject,
): TargetGroup {
  const settings = readTargetGroup(input)
  const same = [...state.targetGroups.values()].find((one) => one.name === settings.name)
  if (same !== undefined) {
    if (settingsOf(same) !== settingsOf(settings)) throw duplicateName('target group', settings.name)
    return same
  }
  const group = {
    arn: targetGroupArn(place, settings.name),
    ...settings,
    attributes: defaultTargetGroupAttributes(),
  }
  // The pool has to see the group's later settings, so both are one object.
  const created: TargetGroup = Object.assign(group, {
    pool: new TargetPool(poolSettings(group), { clock, healthChecks, letsIn }),
  })
  state.targetGroups.set(created.arn, created)
  return created
}

function describeTargetGroups({ state }: ElbWorld, input: JsonObject): TargetGroup[] {
  atMostOne(input, ['LoadBalancerArn', 'TargetGroupArns', 'Names'])
  const all = [...state.targetGroups.values()]
  const ofLoadBalancer = optionalText(input, 'LoadBalancerArn')
  if (ofLoadBalancer !== undefined) {
    const rules = state.loadBalancer(ofLoadBalancer).listeners.flatMap((listener) => listener.rules)
    return [...new Set(rules.flatMap(groupsOf))]
  }
  const arns = textList(input, 'TargetGroupArns')
  if (arns.length > 0) return arns.map((arn) => state.targetGroup(arn))
  const names = textList(input, 'Names')
  return names.length === 0
    ? all
    : names.map((name) => {
        const found = all.find((one) => one.name === name)
        if (found === undefined) throw notFound('TargetGroupNotFound')
        return found
      })
}

function deleteTargetGroup({ state }: ElbWorld, input: JsonObject): JsonObject {
  const arn = text(input, 'TargetGroupArn')
  checkArn('target group', arn)
  const group = state.targetGroups.get(arn)
  if (group === undefined) return {}
  if (state.loadBalancersOf(group).length > 0) {
    throw new ServiceError(
      'ResourceInUse',
      `Target group '${arn}' is currently in use by a listener or a rule`,
    )
  }
  group.pool[Symbol.dispose]()
  state.targetGroups.delete(arn)
  return {}
}

export function targetGroupOperations(world: ElbWorld): Record<string, Operation> {
  const { state } = world
  const view = viewIn(world)
  const named = (input: JsonObject): TargetGroup => state.targetGroup(text(input, 'TargetGroupArn'))
  return {
    CreateTargetGroup: (input) => ({ TargetGroups: [view(createTargetGroup(world, input))] }),
    DescribeTargetGroups: (input) => pageOf(input, 'TargetGroups', describeTargetGroups(world, input), view),
    ModifyTargetGroup: (input) => {
      const group = named(input)
      group.healthCheck = readHealthCheck(input, group.healthCheck)
      return { TargetGroups: [view(group)] }
    },
    DescribeTargetGroupAttributes: (input) => attributesView(named(input).attributes),
    ModifyTargetGroupAttributes: (input) => {
      const { attributes } = named(input)
      setTargetGroupAttributes(attributes, input)
      return attributesView(attributes)
    },
    DeleteTargetGroup: (input) => deleteTargetGroup(world, input),
  }
}
