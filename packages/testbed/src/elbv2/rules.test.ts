import { expect, test } from 'vitest'
import { ask } from './ask.fixture.ts'
import { httpTarget } from './stand.fixture.ts'
import { wiredStand } from './wired-stand.fixture.ts'

test('a forward to one group comes back in both forms, however it was written', async () => {
  await using stand = await wiredStand()
  const LoadBalancerArn = await stand.loadBalancer('web')
  const TargetGroupArn = await stand.targetGroup('web')
  const both = {
    Type: 'forward',
    TargetGroupArn,
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false },
    },
  }
  const ListenerArn = await stand.listener(LoadBalancerArn, TargetGroupArn)
  const described = async () => (await stand.elb.describeListeners({ LoadBalancerArn })).Listeners
  const listener = { ListenerArn, LoadBalancerArn, Port: 8080, Protocol: 'HTTP', DefaultActions: [both] }
  expect(await described()).toEqual([listener])
  const ForwardConfig = { TargetGroups: [{ TargetGroupArn }] }
  await stand.elb.modifyListener({ ListenerArn, DefaultActions: [{ Type: 'forward', ForwardConfig }] })
  expect(await described()).toEqual([listener])
  const DefaultActions = [{ Type: 'forward', TargetGroupArn, ForwardConfig }] as const
  await stand.elb.modifyListener({ ListenerArn, DefaultActions: [...DefaultActions] })
  expect((await stand.elb.describeListeners({ ListenerArns: [ListenerArn] })).Listeners).toEqual([listener])
})

test('weights share the traffic, 0 everywhere is a 503', async () => {
  await using blue = await httpTarget((_, response) => response.end('blue'))
  await using green = await httpTarget((_, response) => response.end('green'))
  await using stand = await wiredStand()
  const [blueArn, greenArn] = [await stand.targetGroup('blue'), await stand.targetGroup('green')]
  const loadBalancer = await stand.loadBalancer('web')
  const ListenerArn = await stand.listener(loadBalancer, blueArn)
  const { LoadBalancers } = await stand.elb.describeLoadBalancers({ LoadBalancerArns: [loadBalancer] })
  const url = `http://${LoadBalancers?.[0]?.DNSName}:8080/`
  for (const [arn, app] of [[blueArn, blue] as const, [greenArn, green] as const]) {
    await stand.elb.registerTargets({
      TargetGroupArn: arn,
      Targets: [{ Id: app.target.id, Port: app.target.port }],
    })
  }
  const weigh = async (one: number, other: number) => {
    const TargetGroups = [
      { TargetGroupArn: blueArn, Weight: one },
      { TargetGroupArn: greenArn, Weight: other },
    ]
    const DefaultActions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }]
    const { Listeners } = await stand.elb.modifyListener({ ListenerArn, DefaultActions })
    expect(Listeners?.[0]?.DefaultActions?.[0]).toMatchObject({ ForwardConfig: { TargetGroups } })
    expect(Listeners?.[0]?.DefaultActions?.[0]).not.toHaveProperty('TargetGroupArn')
    const bodies = []
    for (let n = 0; n < 10; n += 1) bodies.push((await ask(url)).body)
    return bodies.filter((body) => body === 'green').length
  }
  expect(await weigh(90, 10)).toBe(1)
  expect(await weigh(0, 5)).toBe(10)
  await weigh(0, 0)
  expect((await ask(url)).status).toBe(503)
})

test('rules are tried by priority, on path and host; the default rule comes last', async () => {
  await using app = await httpTarget((_, response) => response.end('app'))
  await using stand = await wiredStand()
  const TargetGroupArn = await stand.targetGroup('web')
  const loadBalancer = await stand.loadBalancer('web')
  const ListenerArn = await stand.listener(loadBalancer, TargetGroupArn)
  await stand.elb.registerTargets({
    TargetGroupArn,
    Targets: [{ Id: app.target.id, Port: app.target.port }],
  })
  const fixed = (MessageBody: string) => [
    { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '418', MessageBody } },
  ]
  const path = (...Values: string[]) => [{ Field: 'path-pattern', Values }]
  const late = { ListenerArn, Priority: 20, Conditions: path('/a*'), Actions: fixed('late') }
  const made = await stand.elb.createRule(late)
  const host = { Field: 'host-header', HostHeaderConfig: { Values: ['*.Example.com'] } }
  const Conditions = [...path('/admin/?', '/a.b'), host]
  await stand.elb.createRule({ ListenerArn, Priority: 10, Conditions, Actions: fixed('early') })

  const { LoadBalancers } = await stand.elb.describeLoadBalancers({})
  const url = `http://${LoadBalancers?.[0]?.DNSName}:8080`
  const body = async (to: string, as = 'x') => (await ask(`${url}${to}`, { headers: { host: as } })).body
  expect(await body('/admin/1', 'WWW.example.com')).toBe('early')
  expect(await body('/a.b?x=/', 'a.example.com:8080')).toBe('early')
  expect(await body('/admin/12', 'www.example.com')).toBe('late')
  expect(await body('/admin/1', 'example.org')).toBe('late')
  expect(await body('/other')).toBe('app')

  const { Rules = [] } = await stand.elb.describeRules({ ListenerArn })
  expect(Rules.map((rule) => [rule.Priority, rule.IsDefault])).toEqual([
    ['10', false],
    ['20', false],
    ['default', true],
  ])
  expect(Rules[1]?.Conditions).toEqual([
    { Field: 'path-pattern', Values: ['/a*'], PathPatternConfig: { Values: ['/a*'] } },
  ])
  const RuleArn = made.Rules?.[0]?.RuleArn ?? ''
  await stand.elb.modifyRule({ RuleArn, Actions: [{ Type: 'forward', TargetGroupArn }] })
  expect(await body('/admin/1')).toBe('app')
  await stand.elb.deleteRule({ RuleArn })
  expect((await stand.elb.describeRules({ ListenerArn })).Rules).toHaveLength(2)
})
