import { expect, test } from 'vitest'
import { noGroup, type Row, refusals } from './refusal-rows.fixture.ts'

const rows: Row[] = [
  [
    'a host name as target',
    (elb, { free }) => elb.registerTargets({ TargetGroupArn: free, Targets: [{ Id: 'web.internal' }] }),
    'InvalidTargetException',
    /web\.internal/,
  ],
  [
    'no target',
    (elb, { free }) => elb.registerTargets({ TargetGroupArn: free, Targets: [] }),
    'ValidationError',
    /At least one target/,
  ],
  [
    'port 65536',
    (elb, { free }) =>
      elb.registerTargets({ TargetGroupArn: free, Targets: [{ Id: '10.0.0.1', Port: 65_536 }] }),
    'ValidationError',
    /65535/,
  ],
  [
    'a group of nobody',
    (elb) => elb.registerTargets({ TargetGroupArn: noGroup, Targets: [{ Id: '10.0.0.1' }] }),
    'TargetGroupNotFoundException',
    /./,
  ],
  [
    'deregistering nobody',
    (elb, { free }) => elb.deregisterTargets({ TargetGroupArn: free, Targets: undefined }),
    'ValidationError',
    /At least one target/,
  ],
  [
    'deregistering from nowhere',
    (elb) => elb.deregisterTargets({ TargetGroupArn: noGroup, Targets: [{ Id: '10.0.0.1' }] }),
    'TargetGroupNotFoundException',
    /./,
  ],
  [
    'health of nowhere',
    (elb) => elb.describeTargetHealth({ TargetGroupArn: noGroup }),
    'TargetGroupNotFoundException',
    /One or more target groups not found/,
  ],
  [
    'health of no ARN',
    (elb) => elb.describeTargetHealth({ TargetGroupArn: 'arn:aws:ecs:x' }),
    'ValidationError',
    /not a valid target group ARN/,
  ],
]

test('bad values for targets are refused and change nothing', async () => {
  const { unexpected, before, after } = await refusals(rows)
  expect(unexpected).toEqual([])
  expect(after).toEqual(before)
})
