/** AWS's endpoints that a task's own set-up needs, before any container runs. */
export type Endpoint = 'ecr' | 'secretsmanager' | 'ssm' | 'logs'

/** What a subnet gives to the tasks in it. Left out: a NAT gateway, and more addresses than anybody needs. */
export interface Subnet {
  /** Its default route. By an internet gateway only tasks with a public address get out. */
  route?: 'nat-gateway' | 'internet-gateway' | 'none'
  /** Interface endpoints that can be reached from it whatever its route. */
  endpoints?: readonly Endpoint[]
  /** How many network interfaces find an address. Those from before the subnet was described count. */
  freeAddresses?: number
  /** Network interfaces are asked for and never become available. */
  stalled?: boolean
}

/** Where a task's network interface is, from its service's `awsvpcConfiguration`. */
export interface Placement {
  subnet: string
  securityGroups: readonly string[]
  publicAddress: boolean
}

/** The VPC as far as it decides on tasks: everything is open, routed and roomy until a test says otherwise. */
export interface Network {
  /** Describes a subnet anew. Network interfaces that exist stay as they are. */
  subnet(id: string, settings: Subnet): void
  /** A group without an inbound rule for the load balancer. What has another group that is open still gets in. */
  closeSecurityGroup(id: string): void
  openSecurityGroup(id: string): void
  /** Attaches a network interface with this address. */
  attach(address: string, placement: Placement): 'attached' | 'no-address' | 'stalled'
  detach(address: string): void
  reaches(placement: Placement, endpoint: Endpoint): boolean
  /** Whether the load balancer's packets get to an address. Unknown addresses are not behind a security group. */
  letsIn(address: string): boolean
}

export function network(): Network {
  const subnets = new Map<string, Subnet>()
  const closed = new Set<string>()
  const attached = new Map<string, Placement>()
  return {
    subnet: (id, settings) => void subnets.set(id, { ...settings }),
    closeSecurityGroup: (id) => void closed.add(id),
    openSecurityGroup: (id) => void closed.delete(id),
    attach(address, placement) {
      const { freeAddresses, stalled } = subnets.get(placement.subnet) ?? {}
      if (stalled) return 'stalled'
      const used = [...attached.values()].filter(({ subnet }) => subnet === placement.subnet).length
      if (freeAddresses !== undefined && used >= freeAddresses) return 'no-address'
      attached.set(address, placement)
      return 'attached'
    },
    detach: (address) => void attached.delete(address),
    reaches({ subnet, publicAddress }, endpoint) {
      const { endpoints = [], route = 'nat-gateway' } = subnets.get(subnet) ?? {}
      if (endpoints.includes(endpoint)) return true
      return route === 'nat-gateway' || (route === 'internet-gateway' && publicAddress)
    },
    letsIn(address) {
      const { securityGroups = [] } = attached.get(address) ?? {}
      return securityGroups.length === 0 || securityGroups.some((group) => !closed.has(group))
    },
  }
}
