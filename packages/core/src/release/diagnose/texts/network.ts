/** Findings about the way out of a task, and its network interface. */

export const noRoute = {
  code: 'no-route',
  symptom: 'The task cannot reach AWS from its subnets',
  meaning:
    'Before its containers start a task signs in to the registry, pulls its images, reads its secrets and opens its log streams, all from its own network interface. Connections that are not answered end in a time-out.',
  cases: {
    private: {
      cause: 'the tasks have no route to {endpoint} from {subnets}',
      remedy:
        'The tasks have no public address, so the subnets need a NAT gateway, or the VPC endpoints {services} that the tasks can reach; in public subnets set assignPublicIp to ENABLED. The security groups {groups} must let HTTPS out.',
    },
    public: {
      cause: 'the tasks have no route to {endpoint} from {subnets}',
      remedy:
        'The tasks have public addresses, so the route table of the subnets needs a default route to an internet gateway; in private subnets use a NAT gateway or the VPC endpoints {services}. The security groups {groups} must let HTTPS out.',
    },
    registry: {
      cause: 'the tasks have no route to {endpoint} from {subnets}',
      remedy:
        'VPC endpoints lead to AWS only: this registry needs a NAT gateway, or a public address and an internet gateway; or copy the image to Amazon ECR. The security groups {groups} must let HTTPS out.',
    },
  },
} as const

export const networkInterface = {
  code: 'network-interface',
  symptom: 'The task gets no network interface',
  meaning:
    'Each task of network mode awsvpc takes an address of its subnet, for as long as it exists. During a rolling deployment up to maximumPercent of the tasks exist at once, beside everything else in the subnet.',
  cases: {
    addresses: {
      cause: '{subnet} has no free address for the network interface of a task',
      remedy:
        'Give the service larger or further subnets, or lower maximumPercent so that a deployment needs fewer tasks at once.',
    },
    timeout: {
      cause: 'the network interface of a task in {subnets} did not become available in time',
      remedy:
        'Mostly this passes: deploy again. If it comes back, look for subnets without free addresses and for the quota of network interfaces per Region.',
    },
    attach: {
      cause: 'the network interface of a task could not be attached',
      remedy:
        'Deploy again later if AWS throttled the requests. On container instances of your own use a larger instance type or turn ENI trunking on: each type has a limit of interfaces.',
    },
  },
} as const
