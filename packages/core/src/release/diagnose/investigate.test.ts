import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import {
  aCrashedTask,
  aDeployment,
  aService,
  aTask,
  at,
  denied,
  older,
  ours,
  throttled,
} from '../test-data.fixture.ts'
import { type Asked, asking, awslogs } from './asking.fixture.ts'
import { target } from './sample.fixture.ts'

test('reads tasks of both kinds and the log of the one that died', async () => {
  const { found, asked } = await asking({ log: ['a', 'b'] })
  expect(found.tasks.map(({ id }) => id)).toEqual(['9', '1'])
  expect(found.findings[0].code).toBe('crash-on-start')
  expect(asked).toEqual([['g', 'p/app/1', 20]])
  expect(found.log).toEqual({
    kind: 'lines',
    container: 'app',
    group: 'g',
    stream: 'p/app/1',
    lines: ['a', 'b'],
  })
})

test.each<[string, Asked, RegExp]>([
  ['another Region', { definition: awslogs('eu-west-1') }, /another Region, eu-west-1$/],
  ['no awslogs', { definition: { containerDefinitions: [{ name: 'app' }] } }, /does not log with awslogs/],
  [
    'a denied call, with its hint',
    { log: new ActionError('access-denied', 'Could not read', { hint: 'Allow logs:GetLogEvents.' }) },
    /^Could not read Allow logs:GetLogEvents\.$/,
  ],
  ['an error without a hint', { log: denied }, /^not authorized$/],
  ['another error', { log: new Error('boom') }, /^boom$/],
])('%s: says why there is no log', async (_, given, why) => {
  const { found } = await asking(given)
  expect(found.log).toEqual({ kind: 'unavailable', why: expect.stringMatching(why) })
})

test.each([
  ['no stream', undefined],
  ['no lines', []],
])('%s: says that lines can still come, and that they are missed', async (_, log) => {
  const { found } = await asking({ log })
  const why =
    'container app has written nothing to p/app/1 in g so far; its last lines can come up to a minute after its end'
  expect(found.log).toEqual({ kind: 'empty', why })
  expect(found.unheard).toMatchObject({ stoppedAt: at(30) })
  const { found: heard } = await asking({ log: ['a'] })
  expect(heard.unheard).toBeUndefined()
  // What was read before is not missed, though ECS has forgotten the task.
  expect((await asking({ log, earlier: heard })).found.unheard).toBeUndefined()
})

test('the log is read for conclusions where it is not wanted, and shown no more than was asked for', async () => {
  const lines = ['a', 'b', 'exec /app: exec format error']
  const { found } = await asking({ logLines: 0, log: lines })
  expect([found.log, found.findings[0].code]).toEqual([undefined, 'wrong-architecture'])
  expect(JSON.stringify(found.findings)).not.toContain('exec /app')
  const { found: short, asked } = await asking({ logLines: 1, log: lines })
  expect(short.log).toMatchObject({ lines: lines.slice(-1) })
  expect(asked).toEqual([['g', 'p/app/1', 20]])
  expect((await asking({ logLines: 50, log: lines })).asked).toEqual([['g', 'p/app/1', 50]])
})

test('no log is read where nobody is suspect', async () => {
  expect(await asking({ stopped: [], log: ['a'] })).toMatchObject({ asked: [], found: { log: undefined } })
})

const sick = aTask('1', { address: '10.0.0.9', startedBy: ours })
const group = {
  arn: 'tg',
  name: 'web',
  targetType: 'ip',
  healthCheckPort: 'traffic-port',
  healthCheckPath: '/',
  matcher: '200',
  healthCheckTimeout: 5,
}

test('health checks of the load balancer that fail are looked up, and the ports of the image where nothing answers', async () => {
  const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v2'
  const definition = {
    containerDefinitions: [
      { name: 'app', image },
      { name: 'proxy', image: 'envoy:1' },
    ],
  }
  const refused = { targets: [target({ description: 'Health checks failed' })] }
  const { asked, found } = await asking({ stopped: [sick], definition, change: refused, groups: [group] })
  expect(asked).toEqual([['tg'], [image, undefined]])
  expect(found.findings[0].code).toBe('container-port')
  const wrong = await asking({ stopped: [sick], definition, change: { targets: [target({})] } })
  expect(wrong.asked).toEqual([['tg']])
})

test('what may not be looked up is told, and the rest is concluded without it', async () => {
  const change = { targets: [target({})] }
  const { found, troubles } = await asking({ stopped: [sick], change, groups: denied })
  expect(troubles).toEqual([denied])
  expect(found.findings[0].code).toBe('load-balancer-health-check')
})

test('what is gone after the rollback still counts', async () => {
  const change = { targets: [target({ description: 'Request timed out' })] }
  const { found: first } = await asking({ stopped: [sick], change, groups: [group] })
  const service = aService({ deployments: [aDeployment({ id: older })] })
  const { found } = await asking({ stopped: [], earlier: first, change: { service }, groups: denied })
  expect(found.findings).toEqual(first.findings)
  expect(found.findings[0].code).toBe('security-group')
  expect(found.targets).toEqual(first.targets)
})

test('what cannot be read does not hide the failure', async () => {
  const { found, troubles } = await asking({ stopped: denied })
  expect([found.findings[0].code, troubles]).toEqual(['unknown-failure', [denied]])
})

test.each([
  ['an error inside AWS', new ActionError('service-fault', 'Could not list the tasks'), 'crash-on-start'],
  ['throttling', throttled, 'crash-on-start'],
  ['a refusal', denied, 'unknown-failure'],
])('tasks are asked for once more after %s, where that can help', async (_, failsOnce, code) => {
  const { found, troubles } = await asking({ stopped: [aCrashedTask('1', 1)], failsOnce })
  expect([found.findings[0].code, troubles]).toEqual([code, [failsOnce]])
})

test('what was found earlier is kept, and what is newer wins', async () => {
  const { found: first } = await asking({ stopped: [aCrashedTask('1', 1), aCrashedTask('2', 1)], log: ['a'] })
  const { found } = await asking({ stopped: [aCrashedTask('2', 139)], log: [], earlier: first })
  expect(found.tasks.map(({ id, containers }) => [id, containers[0]?.exitCode])).toEqual([
    ['9', undefined],
    ['1', 1],
    ['2', 139],
  ])
  expect(found.log).toEqual(first.log)
  const { found: newer } = await asking({ log: ['b'], earlier: first })
  expect(newer.log).toMatchObject({ lines: ['b'] })
})
