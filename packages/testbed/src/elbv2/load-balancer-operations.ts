import { claimAddress } from '../balancer/own-address.ts'
import { objectList, text, textList } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import type { Operation } from '../wire/service.ts'
import { ServiceError } from '../wire/service-error.ts'
import { loadBalancerArn } from './arns.ts'
import { attributesView, defaultLoadBalancerAttributes, setLoadBalancerAttributes } from './attributes.ts'
import type { ElbWorld } from './elb-world.ts'
import { duplicateName, invalid, notFound, notModelled } from './errors.ts'
import { atMostOne, oneOf, resourceName } from './fields.ts'
import type { LoadBalancer } from './model.ts'
import { pageOf } from './pages.ts'

/** AWS takes minutes; nothing in a release waits for it, so here it is short [assumed]. */
const provisioningSeconds = 5

function readSubnets(input: JsonObject): string[] {
  const mapped = objectList(input, 'SubnetMappings').map((mapping) => text(mapping, 'SubnetId'))
  const plain = textList(input, 'Subnets')
  if (mapped.length > 0 && plain.length > 0) {
    throw invalid('Only one of Subnets, SubnetMappings can be specified')
  }
  const subnets = plain.length > 0 ? plain : mapped
  const wrong = subnets.find((subnet) => !/^subnet-[0-9a-z]+$/.test(subnet))
  if (wrong !== undefined) {
    throw new ServiceError('SubnetNotFound', `The subnet ID '${wrong}' does not exist`)
  }
  if (new Set(subnets).size < 2) {
    throw invalid('At least two subnets in two different Availability Zones must be specified')
  }
  return subnets
}

function readLoadBalancer(input: JsonObject) {
  const name = resourceName(input, 'Load balancer')
  if (name.startsWith('internal-'))
    throw invalid(`Load balancer name '${name}' cannot start with 'internal-'`)
  const type = oneOf(input, 'Type', ['application', 'network', 'gateway']) ?? 'application'
  if (type !== 'application') throw notModelled(`${type} load balancers`)
  const ipAddressType = oneOf(input, 'IpAddressType', ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'])
  if (ipAddressType !== undefined && ipAddressType !== 'ipv4') throw notModelled('load balancers with IPv6')
  return {
    name,
    scheme: oneOf(input, 'Scheme', ['internet-facing', 'internal']) ?? 'internet-facing',
    subnets: readSubnets(input),
    securityGroups: textList(input, 'SecurityGroups'),
  }
}

function settingsOf({ name, scheme, subnets, securityGroups }: ReturnType<typeof readLoadBalancer>): string {
  return JSON.stringify({ name, scheme, subnets, securityGroups })
}

function viewIn({ place, clock }: ElbWorld) {
  return (loadBalancer: LoadBalancer): JsonObject => ({
    LoadBalancerArn: loadBalancer.arn,
    // A name would have to resolve on the machine without any set-up, and there is no DNS server here: the address
    // itself is what a client gets, at which the listeners' real ports answer.
    DNSName: loadBalancer.address,
    CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
    CreatedTime: new Date(loadBalancer.createdAt).toISOString(),
    LoadBalancerName: loadBalancer.name,
    Scheme: loadBalancer.scheme,
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    State: {
      Code: clock.secondsSince(loadBalancer.createdAt) < provisioningSeconds ? 'provisioning' : 'active',
    },
    Type: 'application',
    AvailabilityZones: loadBalancer.subnets.map((SubnetId, index) => ({
      ZoneName: `${place.region}${'abcdef'.charAt(index % 6)}`,
      SubnetId,
    })),
    SecurityGroups: loadBalancer.securityGroups,
    IpAddressType: 'ipv4',
  })
}

function createLoadBalancer(world: ElbWorld): Operation {
  const { state, clock, place } = world
  const view = viewIn(world)
  // Claiming an address takes a moment; a second call with the same name must not slip in meanwhile.
  let turn: Promise<unknown> = Promise.resolve()
  const create = async (input: JsonObject): Promise<JsonObject> => {
    const settings = readLoadBalancer(input)
    const same = [...state.loadBalancers.values()].find((one) => one.name === settings.name)
    if (same !== undefined) {
      if (settingsOf(same) !== settingsOf(settings)) throw duplicateName('load balancer', settings.name)
      return { LoadBalancers: [view(same)] }
    }
    const own = await claimAddress()
    const created: LoadBalancer = {
      arn: loadBalancerArn(place, settings.name),
      ...settings,
      createdAt: clock.now(),
      address: own.address,
      attributes: defaultLoadBalancerAttributes(),
      listeners: [],
      release: async () => await own[Symbol.asyncDispose](),
    }
    state.loadBalancers.set(created.arn, created)
    return { LoadBalancers: [view(created)] }
  }
  return (input) => {
    const created = turn.then(() => create(input))
    turn = created.catch(() => {})
    return created
  }
}

function describeLoadBalancers({ state }: ElbWorld, input: JsonObject): LoadBalancer[] {
  atMostOne(input, ['LoadBalancerArns', 'Names'])
  const all = [...state.loadBalancers.values()]
  const arns = textList(input, 'LoadBalancerArns')
  const names = textList(input, 'Names')
  if (arns.length > 20 || names.length > 20) throw invalid('At most 20 load balancers can be specified')
  if (arns.length > 0) return arns.map((arn) => state.loadBalancer(arn))
  return names.length === 0
    ? all
    : names.map((name) => {
        const found = all.find((one) => one.name === name)
        if (found === undefined) throw notFound('LoadBalancerNotFound')
        return found
      })
}

/** Stops a load balancer's listeners and gives its address back. */
export async function closeLoadBalancer(loadBalancer: LoadBalancer): Promise<void> {
  for (const listener of loadBalancer.listeners.splice(0)) await listener.close()
  await loadBalancer.release()
}

export function loadBalancerOperations(world: ElbWorld): Record<string, Operation> {
  const { state } = world
  const view = viewIn(world)
  return {
    CreateLoadBalancer: createLoadBalancer(world),
    DescribeLoadBalancers: (input) =>
      pageOf(input, 'LoadBalancers', describeLoadBalancers(world, input), view),
    DescribeLoadBalancerAttributes: (input) =>
      attributesView(state.loadBalancer(text(input, 'LoadBalancerArn')).attributes),
    ModifyLoadBalancerAttributes: (input) => {
      const { attributes } = state.loadBalancer(text(input, 'LoadBalancerArn'))
      setLoadBalancerAttributes(attributes, input)
      return attributesView(attributes)
    },
    // Succeeds too for one that is gone already. Source: API reference, DeleteLoadBalancer.
    DeleteLoadBalancer: async (input) => {
      const loadBalancer = state.loadBalancers.get(text(input, 'LoadBalancerArn'))
      if (loadBalancer === undefined) return {}
      state.loadBalancers.delete(loadBalancer.arn)
      state.refreshUse()
      await closeLoadBalancer(loadBalancer)
      return {}
    },
  }
}
