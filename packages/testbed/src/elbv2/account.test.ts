import { expect, test } from 'vitest'
import { wiredStand } from './wired-stand.fixture.ts'

test('a target group serves one load balancer, and its rules cannot lose the default', async () => {
  await using stand = await wiredStand()
  const group = await stand.targetGroup('web')
  const ListenerArn = await stand.listener(await stand.loadBalancer('web'), group)
  const other = await stand.loadBalancer('other')
  await expect(stand.listener(other, group)).rejects.toMatchObject({
    name: 'TargetGroupAssociationLimitException',
  })
  const { Rules } = await stand.elb.describeRules({ ListenerArn })
  await expect(stand.elb.deleteRule({ RuleArn: Rules?.[0]?.RuleArn })).rejects.toMatchObject({
    name: 'OperationNotPermittedException',
  })
  const rule = {
    ListenerArn,
    Priority: 7,
    Conditions: [{ Field: 'path-pattern', Values: ['/a'] }],
    Actions: [{ Type: 'forward' as const, TargetGroupArn: group }],
  }
  await stand.elb.createRule(rule)
  await expect(stand.elb.createRule(rule)).rejects.toMatchObject({ name: 'PriorityInUseException' })
})

test('deleting a load balancer frees its groups; deleting twice is no error', async () => {
  await using stand = await wiredStand()
  const TargetGroupArn = await stand.targetGroup('web')
  const LoadBalancerArn = await stand.loadBalancer('web')
  const found = () => stand.balancing.targetGroups.find(TargetGroupArn)
  expect(found()).toEqual({ targetType: 'ip', loadBalancerArns: [] })
  await stand.listener(LoadBalancerArn, TargetGroupArn)
  expect(found()).toEqual({ targetType: 'ip', loadBalancerArns: [LoadBalancerArn] })
  await stand.elb.deleteLoadBalancer({ LoadBalancerArn })
  await stand.elb.deleteLoadBalancer({ LoadBalancerArn })
  await stand.elb.deleteTargetGroup({ TargetGroupArn })
  await stand.elb.deleteTargetGroup({ TargetGroupArn })
  expect(found()).toBeUndefined()
  expect(() => stand.balancing.targetGroups.register(TargetGroupArn, { id: '127.0.0.1', port: 1 })).toThrow(
    'One or more target groups not found',
  )
})

test('describe calls draw on a bucket of 40, and all calls share another', async () => {
  await using stand = await wiredStand(true)
  const TargetGroupArn = await stand.targetGroup('web')
  const calls = Array.from({ length: 120 }, () => stand.elb.describeTargetHealth({ TargetGroupArn }))
  const failures = (await Promise.allSettled(calls)).filter((call) => call.status === 'rejected')
  // 39 are left of the account's 40, and the bucket fills by 10 a second meanwhile, on a machine that may be busy for seconds.
  expect(failures.length).toBeGreaterThanOrEqual(1)
  expect(failures.length).toBeLessThanOrEqual(120 - 39)
  expect(failures[0]?.reason).toMatchObject({ name: 'Throttling', message: 'Rate exceeded' })
})

test.each([
  ['DescribeLoadBalancers', ['elasticloadbalancing describe', 'elasticloadbalancing']],
  ['ModifyListener', ['elasticloadbalancing mutate', 'elasticloadbalancing']],
  ['RegisterTargets', ['elasticloadbalancing register', 'elasticloadbalancing']],
  ['CreateLoadBalancer', ['elasticloadbalancing create', 'elasticloadbalancing']],
])('%s draws on its buckets', async (operation, names) => {
  await using stand = await wiredStand()
  expect(stand.balancing.service.buckets(operation).map((bucket) => bucket.name)).toEqual(names)
})

test('a denied Describe names no resource, a denied change names its own', async () => {
  await using stand = await wiredStand()
  const TargetGroupArn = await stand.targetGroup('web')
  stand.credentials.deny('elasticloadbalancing:*')
  const health = stand.elb.describeTargetHealth({ TargetGroupArn })
  await expect(health).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.not.stringContaining('on resource'),
  })
  const attributes = stand.elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes: [] })
  await expect(attributes).rejects.toThrow(`on resource: ${TargetGroupArn}`)
  await expect(stand.targetGroup('new')).rejects.toThrow(
    'on resource: arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/new/*',
  )
})
