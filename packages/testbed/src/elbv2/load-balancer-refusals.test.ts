import { expect, test } from 'vitest'
import { noBalancer, type Row, refusals } from './refusal-rows.fixture.ts'

const Subnets = ['subnet-1', 'subnet-2']

const rows: Row[] = [
  ['no name', (elb) => elb.createLoadBalancer({ Name: undefined, Subnets }), 'ValidationError', /'Name'/i],
  [
    'a name too long',
    (elb) => elb.createLoadBalancer({ Name: 'x'.repeat(33), Subnets }),
    'ValidationError',
    /32/,
  ],
  [
    'a name reserved',
    (elb) => elb.createLoadBalancer({ Name: 'internal-x', Subnets }),
    'ValidationError',
    /internal-/,
  ],
  [
    'one subnet',
    (elb) => elb.createLoadBalancer({ Name: 'a', Subnets: ['subnet-1'] }),
    'ValidationError',
    /two subnets/,
  ],
  [
    'no subnet id',
    (elb) => elb.createLoadBalancer({ Name: 'a', Subnets: ['x', 'y'] }),
    'SubnetNotFoundException',
    /'x'/,
  ],
  [
    'same name, other settings',
    (elb) => elb.createLoadBalancer({ Name: 'web', Subnets, Scheme: 'internal' }),
    'DuplicateLoadBalancerNameException',
    /different settings/,
  ],
  [
    'a network load balancer',
    (elb) => elb.createLoadBalancer({ Name: 'a', Subnets, Type: 'network' }),
    'InvalidConfigurationRequestException',
    /does not model/,
  ],
  [
    'page size 0',
    (elb) => elb.describeLoadBalancers({ PageSize: 0 }),
    'ValidationError',
    /'pageSize'.*greater than or equal to 1/,
  ],
  [
    'page size 401',
    (elb) => elb.describeLoadBalancers({ PageSize: 401 }),
    'ValidationError',
    /less than or equal to 400/,
  ],
  [
    'a marker of nobody’s',
    (elb) => elb.describeLoadBalancers({ Marker: 'abc' }),
    'ValidationError',
    /marker/,
  ],
  [
    'both names and ARNs',
    (elb) => elb.describeLoadBalancers({ Names: ['web'], LoadBalancerArns: [noBalancer] }),
    'ValidationError',
    /Only one of/,
  ],
  [
    'an unknown name',
    (elb) => elb.describeLoadBalancers({ Names: ['none'] }),
    'LoadBalancerNotFoundException',
    /One or more load balancers not found/,
  ],
  [
    'no ARN',
    (elb) => elb.describeLoadBalancers({ LoadBalancerArns: ['web'] }),
    'ValidationError',
    /'web' is not a valid load balancer ARN/,
  ],
  [
    'an idle time-out of 0',
    (elb, { loadBalancer }) =>
      elb.modifyLoadBalancerAttributes({
        LoadBalancerArn: loadBalancer,
        Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '0' }],
      }),
    'ValidationError',
    /between '1' and '4000'/,
  ],
  [
    'attributes of nobody',
    (elb) => elb.describeLoadBalancerAttributes({ LoadBalancerArn: noBalancer }),
    'LoadBalancerNotFoundException',
    /./,
  ],
  [
    'nothing to delete',
    (elb) => elb.deleteLoadBalancer({ LoadBalancerArn: undefined }),
    'ValidationError',
    /must not be null/,
  ],
]

test('bad values for load balancers are refused and change nothing', async () => {
  const { unexpected, before, after } = await refusals(rows)
  expect(unexpected).toEqual([])
  expect(after).toEqual(before)
})
