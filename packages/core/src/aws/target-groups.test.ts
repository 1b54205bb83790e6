import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { expect, test } from 'vitest'
import { describeTargetGroups } from './elbv2.ts'
import { scriptedEndpoint } from './scripted-endpoint.fixture.ts'

test('target groups come back with how they check their targets', async () => {
  const members = `<TargetGroups>
    <member><TargetGroupArn>tg/1</TargetGroupArn><TargetGroupName>web</TargetGroupName><TargetType>ip</TargetType><HealthCheckPort>9000</HealthCheckPort><HealthCheckPath>/health</HealthCheckPath><HealthCheckTimeoutSeconds>2</HealthCheckTimeoutSeconds><Matcher><HttpCode>200-299</HttpCode></Matcher></member>
    <member><TargetGroupArn>tg/2</TargetGroupArn><TargetGroupName>api</TargetGroupName></member>
  </TargetGroups>`
  const body = `<DescribeTargetGroupsResponse><DescribeTargetGroupsResult>${members}</DescribeTargetGroupsResult></DescribeTargetGroupsResponse>`
  await using endpoint = await scriptedEndpoint(() => ({ body }))
  const client = new ElasticLoadBalancingV2Client(endpoint.config)
  expect(await describeTargetGroups(client, ['tg/1', 'tg/2'])).toEqual([
    {
      arn: 'tg/1',
      name: 'web',
      targetType: 'ip',
      healthCheckPort: '9000',
      healthCheckPath: '/health',
      matcher: '200-299',
      healthCheckTimeout: 2,
    },
    {
      arn: 'tg/2',
      name: 'api',
      targetType: 'instance',
      healthCheckPort: 'traffic-port',
      healthCheckPath: '/',
      matcher: '200',
      healthCheckTimeout: 5,
    },
  ])
  const form = new URLSearchParams(endpoint.received[0]?.body)
  expect([1, 2].map((member) => form.get(`TargetGroupArns.member.${member}`))).toEqual(['tg/1', 'tg/2'])
})
