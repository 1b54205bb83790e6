import { expect, test } from 'vitest'
import { noListener, noRule, type Row, refusals } from './refusal-rows.fixture.ts'

const forward = (TargetGroupArn: string) => ({ Type: 'forward' as const, TargetGroupArn })
const path = [{ Field: 'path-pattern', Values: ['/a'] }]

const rows: Row[] = [
  [
    'priority 0',
    (elb, { listener, free }) =>
      elb.createRule({ ListenerArn: listener, Priority: 0, Conditions: path, Actions: [forward(free)] }),
    'ValidationError',
    /'priority'/,
  ],
  [
    'priority 50001',
    (elb, { listener, free }) =>
      elb.createRule({ ListenerArn: listener, Priority: 50_001, Conditions: path, Actions: [forward(free)] }),
    'ValidationError',
    /50000/,
  ],
  [
    'no condition',
    (elb, { listener, free }) =>
      elb.createRule({ ListenerArn: listener, Priority: 1, Conditions: [], Actions: [forward(free)] }),
    'ValidationError',
    /condition/,
  ],
  [
    'an unknown field',
    (elb, { listener, free }) =>
      elb.createRule({
        ListenerArn: listener,
        Priority: 1,
        Conditions: [{ Field: 'moon' }],
        Actions: [forward(free)],
      }),
    'ValidationError',
    /'moon'/,
  ],
  [
    'no action',
    (elb, { listener }) =>
      elb.createRule({ ListenerArn: listener, Priority: 1, Conditions: path, Actions: [] }),
    'ValidationError',
    /action/,
  ],
  [
    'a listener of nobody',
    (elb, { free }) =>
      elb.createRule({ ListenerArn: noListener, Priority: 1, Conditions: path, Actions: [forward(free)] }),
    'ListenerNotFoundException',
    /./,
  ],
  [
    'both listener and rules',
    (elb, { listener }) => elb.describeRules({ ListenerArn: listener, RuleArns: [noRule] }),
    'ValidationError',
    /Only one of/,
  ],
  [
    'an unknown rule',
    (elb) => elb.describeRules({ RuleArns: [noRule] }),
    'RuleNotFoundException',
    /One or more rules not found/,
  ],
  ['modifying it', (elb) => elb.modifyRule({ RuleArn: noRule }), 'RuleNotFoundException', /./],
  ['deleting it', (elb) => elb.deleteRule({ RuleArn: noRule }), 'RuleNotFoundException', /./],
]

test('bad values for rules are refused and change nothing', async () => {
  const { unexpected, before, after } = await refusals(rows)
  expect(unexpected).toEqual([])
  expect(after).toEqual(before)
})
