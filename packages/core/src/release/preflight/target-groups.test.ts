import { expect, test } from 'vitest'
import type { TargetGroup } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'
import { denied } from '../test-data.fixture.ts'
import { checkTargetGroups } from './target-groups.ts'

const service = { loadBalancers: [{ targetGroupArn: 'tg', containerName: 'app', containerPort: 8080 }] }
const group = (change: Partial<TargetGroup> = {}): TargetGroup => ({
  arn: 'tg',
  name: 'web',
  targetType: 'ip',
  healthCheckPort: 'traffic-port',
  healthCheckPath: '/',
  matcher: '200',
  healthCheckTimeout: 5,
  ...change,
})
const task = (networkMode: string, ...portMappings: JsonObject[]): JsonObject => ({
  networkMode,
  containerDefinitions: [{ name: 'app', portMappings: [{ containerPort: 8080 }, ...portMappings] }],
})

test.each<[string, Partial<TargetGroup>, JsonObject, string[]]>([
  ['traffic-port', {}, task('awsvpc'), []],
  ['the port of the container', { healthCheckPort: '8080' }, task('awsvpc'), []],
  [
    'a port for health checks alone',
    { healthCheckPort: '9000' },
    task('awsvpc', { containerPort: 9000 }),
    [],
  ],
  ['one of a range', { healthCheckPort: '9000' }, task('awsvpc', { containerPortRange: '8900-9000' }), []],
  [
    'the first of a range',
    { healthCheckPort: '8900' },
    task('awsvpc', { containerPortRange: '8900-9000' }),
    [],
  ],
  [
    'the port of the container in host mode',
    { healthCheckPort: '8080', targetType: 'instance' },
    task('host'),
    [],
  ],
  ['instances in bridge mode', { targetType: 'instance' }, task('bridge'), []],
  [
    'a host port in bridge mode',
    { healthCheckPort: '80', targetType: 'instance' },
    task('bridge', { containerPort: 1, hostPort: 80 }),
    [],
  ],
  [
    'instances in awsvpc',
    { targetType: 'instance' },
    task('awsvpc'),
    ['the target group web takes targets of type instance, and tasks in network mode awsvpc are of type ip'],
  ],
  [
    'a fixed port where nobody listens',
    { healthCheckPort: '80' },
    task('awsvpc'),
    [
      'the health check of the target group web asks port 80, and the task listens on port 8080 of container app: no portMapping has 80',
    ],
  ],
  [
    'a port outside the range',
    { healthCheckPort: '9001' },
    task('awsvpc', { containerPortRange: '8900-9000' }),
    [expect.stringContaining('asks port 9001')],
  ],
  [
    'the container port in bridge mode, where the host port is another',
    { healthCheckPort: '8080', targetType: 'instance' },
    task('bridge'),
    [expect.stringContaining('asks port 8080')],
  ],
  [
    'both',
    { healthCheckPort: '80', targetType: 'instance' },
    task('awsvpc'),
    [expect.stringContaining('type instance'), expect.stringContaining('port 80')],
  ],
])('%s', async (_, change, definition, causes) => {
  const calls = { targetGroups: async () => [group(change)] }
  const { findings, unchecked } = await checkTargetGroups(service, definition, calls)
  expect(findings.map(({ cause }) => cause)).toEqual(causes)
  expect(unchecked).toEqual([])
})

test('each target group is asked for once, and none without a load balancer', async () => {
  const asked: (readonly string[])[] = []
  const calls = {
    async targetGroups(arns: readonly string[]) {
      asked.push(arns)
      return []
    },
  }
  const [balancer] = service.loadBalancers
  const twice = { loadBalancers: [balancer, balancer].filter((each) => each !== undefined) }
  await checkTargetGroups(twice, task('awsvpc'), calls)
  await checkTargetGroups({ loadBalancers: [] }, task('awsvpc'), calls)
  expect(asked).toEqual([['tg']])
})

test('what may not be read is told', async () => {
  const calls = { targetGroups: () => Promise.reject(denied) }
  expect(await checkTargetGroups(service, task('awsvpc'), calls)).toEqual({
    findings: [],
    unchecked: [{ what: 'the target groups of the service', error: denied }],
  })
})
