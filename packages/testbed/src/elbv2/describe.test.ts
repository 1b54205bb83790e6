import {
  paginateDescribeRules,
  paginateDescribeTargetGroups,
  waitUntilLoadBalancerAvailable,
  waitUntilTargetDeregistered,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { expect, test } from 'vitest'
import { wiredStand } from './wired-stand.fixture.ts'

test('a load balancer is described as AWS does, at a loopback address of its own', async () => {
  await using stand = await wiredStand()
  const arn = await stand.loadBalancer('web')
  const other = await stand.loadBalancer('other')
  const wait = { client: stand.elb, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }
  await waitUntilLoadBalancerAvailable(wait, { LoadBalancerArns: [arn] })
  const { LoadBalancers = [] } = await stand.elb.describeLoadBalancers({ Names: ['web'] })
  expect(LoadBalancers).toEqual([
    {
      LoadBalancerArn: arn,
      DNSName: expect.stringMatching(/^127\.0\.2\.\d+$/),
      CanonicalHostedZoneId: expect.any(String),
      CreatedTime: expect.any(Date),
      LoadBalancerName: 'web',
      Scheme: 'internet-facing',
      VpcId: expect.any(String),
      State: { Code: 'active' },
      Type: 'application',
      AvailabilityZones: [
        { ZoneName: 'us-east-1a', SubnetId: 'subnet-1' },
        { ZoneName: 'us-east-1b', SubnetId: 'subnet-2' },
      ],
      SecurityGroups: [],
      IpAddressType: 'ipv4',
    },
  ])
  expect(arn).toMatch(
    /^arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer\/app\/web\/[0-9a-f]{16}$/,
  )
  const all = await stand.elb.describeLoadBalancers({})
  expect(new Set(all.LoadBalancers?.map((one) => one.DNSName)).size).toBe(2)
  expect(await stand.loadBalancer('other'), 'the same again is the same').toBe(other)
})

test('a target group has AWS’s defaults, and no load balancer until a listener uses it', async () => {
  await using stand = await wiredStand()
  const TargetGroupArn = await stand.targetGroup('web')
  const described = async () => (await stand.elb.describeTargetGroups({ Names: ['web'] })).TargetGroups?.[0]
  const group = {
    TargetGroupArn,
    TargetGroupName: 'web',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: 'vpc-1',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/',
    Matcher: { HttpCode: '200' },
    LoadBalancerArns: [],
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  }
  expect(await described()).toEqual(group)
  const loadBalancer = await stand.loadBalancer('web')
  const ListenerArn = await stand.listener(loadBalancer, TargetGroupArn)
  expect(await described()).toEqual({ ...group, LoadBalancerArns: [loadBalancer] })
  const ofLoadBalancer = await stand.elb.describeTargetGroups({ LoadBalancerArn: loadBalancer })
  expect(ofLoadBalancer.TargetGroups).toHaveLength(1)
  await stand.elb.modifyTargetGroup({
    TargetGroupArn,
    HealthCheckPath: '/health',
    UnhealthyThresholdCount: 3,
  })
  expect(await described()).toMatchObject({
    HealthCheckPath: '/health',
    UnhealthyThresholdCount: 3,
    Port: 80,
  })
  await stand.elb.deleteListener({ ListenerArn })
  expect((await described())?.LoadBalancerArns).toEqual([])
})

test('attributes: only those that are named change, and the whole set comes back', async () => {
  await using stand = await wiredStand()
  const TargetGroupArn = await stand.targetGroup('web')
  const { Attributes: before = [] } = await stand.elb.describeTargetGroupAttributes({ TargetGroupArn })
  expect(before).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '300' })
  const delay = { Key: 'deregistration_delay.timeout_seconds', Value: '30' }
  const { Attributes: after = [] } = await stand.elb.modifyTargetGroupAttributes({
    TargetGroupArn,
    Attributes: [delay],
  })
  expect(after).toEqual(before.map((one) => (one.Key === delay.Key ? delay : one)))
  expect(stand.balancing.targetGroups.deregistrationDelay(TargetGroupArn)).toBe(30)
})

test('target health: the real port, drained targets gone, unregistered ones unused', async () => {
  await using stand = await wiredStand()
  const TargetGroupArn = await stand.targetGroup('web')
  await stand.elb.modifyTargetGroupAttributes({
    TargetGroupArn,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }],
  })
  const Targets = [{ Id: '127.0.0.1', Port: 9 }, { Id: '127.0.0.1' }]
  await stand.elb.registerTargets({ TargetGroupArn, Targets })
  await stand.elb.registerTargets({ TargetGroupArn, Targets })
  const health = async (named = {}) =>
    (await stand.elb.describeTargetHealth({ TargetGroupArn, ...named })).TargetHealthDescriptions
  expect(await health()).toMatchObject([
    { Target: { Port: 9 }, HealthCheckPort: '9', TargetHealth: { Reason: 'Target.NotInUse' } },
    { Target: { Port: 80 }, HealthCheckPort: '80' },
  ])
  await stand.elb.deregisterTargets({ TargetGroupArn, Targets: [{ Id: '127.0.0.1' }, { Id: '127.0.0.7' }] })
  expect((await health())?.map((one) => one.TargetHealth?.State)).toEqual(['draining', 'draining'])
  const wait = { client: stand.elb, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }
  await waitUntilTargetDeregistered(wait, { TargetGroupArn, Targets })
  expect(await health()).toEqual([])
  expect(await health({ Targets: [{ Id: '127.0.0.1', Port: 9 }], Include: ['All'] })).toEqual([
    {
      Target: { Id: '127.0.0.1', Port: 9 },
      HealthCheckPort: '9',
      TargetHealth: {
        State: 'unused',
        Reason: 'Target.NotRegistered',
        Description: 'Target is not registered to the target group',
      },
      AnomalyDetection: { Result: 'normal', MitigationInEffect: 'no' },
    },
  ])
})

test('lists come in pages of the size that was asked for', async () => {
  await using stand = await wiredStand()
  const names = ['a', 'b', 'c', 'd', 'e']
  for (const name of names) await stand.targetGroup(name)
  const first = await stand.elb.describeTargetGroups({ PageSize: 2 })
  expect(first.TargetGroups?.map((one) => one.TargetGroupName)).toEqual(['a', 'b'])
  const seen: (string | undefined)[] = []
  for await (const page of paginateDescribeTargetGroups({ client: stand.elb }, { PageSize: 2 })) {
    seen.push(...(page.TargetGroups?.map((one) => one.TargetGroupName) ?? []))
  }
  expect(seen).toEqual(names)
  const group = (await stand.elb.describeTargetGroups({ Names: ['a'] })).TargetGroups?.[0]
  const ListenerArn = await stand.listener(await stand.loadBalancer('web'), group?.TargetGroupArn ?? '')
  let rules = 0
  for await (const page of paginateDescribeRules({ client: stand.elb }, { ListenerArn, PageSize: 1 })) {
    rules += page.Rules?.length ?? 0
  }
  expect(rules).toBe(1)
})
