import { expect, test } from 'vitest'
import { noBalancer, noGroup, type Row, refusals } from './refusal-rows.fixture.ts'

const group = { Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'ip' } as const

const rows: Row[] = [
  [
    'an underscore in the name',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a_b' }),
    'ValidationError',
    /hyphens/,
  ],
  [
    'a hyphen at the end',
    (elb) => elb.createTargetGroup({ ...group, Name: 'ab-' }),
    'ValidationError',
    /begin or end/,
  ],
  [
    'no protocol',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', Protocol: undefined }),
    'ValidationError',
    /protocol/,
  ],
  ['port 0', (elb) => elb.createTargetGroup({ ...group, Name: 'a', Port: 0 }), 'ValidationError', /'port'/],
  [
    'no VPC',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', VpcId: undefined }),
    'ValidationError',
    /vpcId/i,
  ],
  [
    'an interval of 4',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', HealthCheckIntervalSeconds: 4 }),
    'ValidationError',
    /equal to 5/,
  ],
  [
    'a time-out as long as the interval',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', HealthCheckIntervalSeconds: 5 }),
    'ValidationError',
    /greater than the timeout/,
  ],
  [
    'a threshold of 11',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', HealthyThresholdCount: 11 }),
    'ValidationError',
    /equal to 10/,
  ],
  [
    'a matcher of 500',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', Matcher: { HttpCode: '200-500' } }),
    'ValidationError',
    /200-499/,
  ],
  [
    'a path without slash',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', HealthCheckPath: 'health' }),
    'ValidationError',
    /forward slash/,
  ],
  [
    'a health-check port 70000',
    (elb) => elb.createTargetGroup({ ...group, Name: 'a', HealthCheckPort: '70000' }),
    'ValidationError',
    /1-65535/,
  ],
  [
    'same name, other port',
    (elb) => elb.createTargetGroup({ ...group, Name: 'web', Port: 81 }),
    'DuplicateTargetGroupNameException',
    /different settings/,
  ],
  [
    'an unknown name',
    (elb) => elb.describeTargetGroups({ Names: ['web', 'none'] }),
    'TargetGroupNotFoundException',
    /One or more target groups not found/,
  ],
  [
    'groups of nobody',
    (elb) => elb.describeTargetGroups({ LoadBalancerArn: noBalancer }),
    'LoadBalancerNotFoundException',
    /./,
  ],
  [
    'modifying nothing',
    (elb) => elb.modifyTargetGroup({ TargetGroupArn: noGroup }),
    'TargetGroupNotFoundException',
    /./,
  ],
  [
    'modifying to a bad time-out',
    (elb, { free }) => elb.modifyTargetGroup({ TargetGroupArn: free, HealthCheckTimeoutSeconds: 121 }),
    'ValidationError',
    /equal to 120/,
  ],
  [
    'attributes of nobody',
    (elb) => elb.describeTargetGroupAttributes({ TargetGroupArn: noGroup }),
    'TargetGroupNotFoundException',
    /./,
  ],
  [
    'an unknown attribute',
    (elb, { free }) =>
      elb.modifyTargetGroupAttributes({ TargetGroupArn: free, Attributes: [{ Key: 'nope', Value: '1' }] }),
    'ValidationError',
    /'nope' is not recognized/,
  ],
  [
    'a delay of an hour and a second',
    (elb, { free }) =>
      elb.modifyTargetGroupAttributes({
        TargetGroupArn: free,
        Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '3601' }],
      }),
    'ValidationError',
    /'3600'/,
  ],
  [
    'stickiness',
    (elb, { free }) =>
      elb.modifyTargetGroupAttributes({
        TargetGroupArn: free,
        Attributes: [{ Key: 'stickiness.enabled', Value: 'true' }],
      }),
    'InvalidConfigurationRequestException',
    /does not model/,
  ],
  [
    'deleting a group in use',
    (elb, there) => elb.deleteTargetGroup({ TargetGroupArn: there.group }),
    'ResourceInUseException',
    /in use by a listener or a rule/,
  ],
  [
    'deleting what is no ARN',
    (elb) => elb.deleteTargetGroup({ TargetGroupArn: 'web' }),
    'ValidationError',
    /not a valid target group ARN/,
  ],
]

test('bad values for target groups are refused and change nothing', async () => {
  const { unexpected, before, after } = await refusals(rows)
  expect(unexpected).toEqual([])
  expect(after).toEqual(before)
})
