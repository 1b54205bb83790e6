import { expect, test } from 'vitest'
import { noBalancer, noGroup, noListener, type Row, refusals } from './refusal-rows.fixture.ts'

const forward = (TargetGroupArn: string) => ({ Type: 'forward' as const, TargetGroupArn })

const rows: Row[] = [
  [
    'a listener for nobody',
    (elb, { free }) =>
      elb.createListener({
        LoadBalancerArn: noBalancer,
        Protocol: 'HTTP',
        Port: 1,
        DefaultActions: [forward(free)],
      }),
    'LoadBalancerNotFoundException',
    /./,
  ],
  [
    'no port',
    (elb, { free, loadBalancer }) =>
      elb.createListener({
        LoadBalancerArn: loadBalancer,
        Protocol: 'HTTP',
        DefaultActions: [forward(free)],
      }),
    'ValidationError',
    /port/,
  ],
  [
    'no action',
    (elb, { loadBalancer }) =>
      elb.createListener({ LoadBalancerArn: loadBalancer, Protocol: 'HTTP', Port: 8081, DefaultActions: [] }),
    'ValidationError',
    /At least one action/,
  ],
  [
    'TCP',
    (elb, { free, loadBalancer }) =>
      elb.createListener({
        LoadBalancerArn: loadBalancer,
        Protocol: 'TCP',
        Port: 8081,
        DefaultActions: [forward(free)],
      }),
    'UnsupportedProtocolException',
    /TCP/,
  ],
  [
    'a port in use',
    (elb, { free, loadBalancer }) =>
      elb.createListener({
        LoadBalancerArn: loadBalancer,
        Protocol: 'HTTP',
        Port: 8080,
        DefaultActions: [forward(free)],
      }),
    'DuplicateListenerException',
    /already exists on this port/,
  ],
  [
    'a group of nobody',
    (elb, { listener }) => elb.modifyListener({ ListenerArn: listener, DefaultActions: [forward(noGroup)] }),
    'TargetGroupNotFoundException',
    /./,
  ],
  [
    'a weight of 1000',
    (elb, { listener, free }) =>
      elb.modifyListener({
        ListenerArn: listener,
        DefaultActions: [
          { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: free, Weight: 1_000 }] } },
        ],
      }),
    'ValidationError',
    /equal to 999/,
  ],
  [
    'two forms that disagree',
    (elb, { listener, free, group: other }) =>
      elb.modifyListener({
        ListenerArn: listener,
        DefaultActions: [{ ...forward(free), ForwardConfig: { TargetGroups: [{ TargetGroupArn: other }] } }],
      }),
    'InvalidLoadBalancerActionException',
    /same, single target group/,
  ],
  [
    'stickiness without duration',
    (elb, { listener, free }) =>
      elb.modifyListener({
        ListenerArn: listener,
        DefaultActions: [
          {
            Type: 'forward',
            ForwardConfig: {
              TargetGroups: [{ TargetGroupArn: free }],
              TargetGroupStickinessConfig: { Enabled: true },
            },
          },
        ],
      }),
    'InvalidLoadBalancerActionException',
    /duration/,
  ],
  [
    'a redirect',
    (elb, { listener }) =>
      elb.modifyListener({ ListenerArn: listener, DefaultActions: [{ Type: 'redirect' }] }),
    'InvalidConfigurationRequestException',
    /does not model/,
  ],
  [
    'neither listener nor load balancer',
    (elb) => elb.describeListeners({}),
    'ValidationError',
    /either listener ARNs or a load balancer ARN/,
  ],
  [
    'an unknown listener',
    (elb) => elb.describeListeners({ ListenerArns: [noListener] }),
    'ListenerNotFoundException',
    /One or more listeners not found/,
  ],
  ['deleting it', (elb) => elb.deleteListener({ ListenerArn: noListener }), 'ListenerNotFoundException', /./],
]

test('bad values for listeners are refused and change nothing', async () => {
  const { unexpected, before, after } = await refusals(rows)
  expect(unexpected).toEqual([])
  expect(after).toEqual(before)
})
