import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, type Bench, benchWithService } from '../testing/bench.ts'
import { startDeployment } from '../testing/deployments.ts'

const shopWeb = { cluster: 'shop', service: 'web' }

/** Three deployments a minute apart, the newest half a minute old: SUCCESSFUL, STOPPED and IN_PROGRESS. */
async function withHistory(): Promise<{ made: Bench; times: number[]; arns: string[] }> {
  const made = await benchWithService()
  const service = made.serviceNamed('web')
  const [definition] = made.ecs.state.taskDefinitions.get('web') ?? []
  if (!definition) throw new Error('no definition')
  for (let index = 0; index < 2; index++) {
    await made.clock.advance(60)
    startDeployment(service, definition, made.clock.now())
  }
  await made.clock.advance(30)
  const [newest, middle, oldest] = service.serviceDeployments
  if (!newest || !middle || !oldest) throw new Error('no history')
  Object.assign(oldest, { status: 'SUCCESSFUL', finishedAt: oldest.createdAt + 500 })
  Object.assign(middle, { status: 'STOPPED', statusReason: 'why', stoppedAt: middle.createdAt })
  Object.assign(newest, { status: 'IN_PROGRESS', startedAt: newest.createdAt + 100 })
  const all = [newest, middle, oldest]
  return { made, times: all.map(({ createdAt }) => createdAt / 1000), arns: all.map(({ arn }) => arn) }
}

const listed = (answer: JsonObject, count: number): unknown[] =>
  Array.from({ length: count }, (_, index) => at(answer, 'serviceDeployments', index, 'serviceDeploymentArn'))

test('newest first, in brief', async () => {
  const { made, times, arns } = await withHistory()
  const answer = await made.call('ListServiceDeployments', shopWeb)
  expect(listed(answer, 4)).toEqual([...arns, undefined])
  expect(at(answer, 'serviceDeployments', 0)).toEqual({
    serviceDeploymentArn: arns[0],
    serviceArn: 'arn:aws:ecs:us-east-1:111122223333:service/shop/web',
    clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/shop',
    createdAt: times[0],
    startedAt: (times[0] ?? 0) + 0.1,
    targetServiceRevisionArn: made.serviceNamed('web').revisions[0]?.arn,
    status: 'IN_PROGRESS',
  })
  expect(at(answer, 'serviceDeployments', 1)).toMatchObject({ status: 'STOPPED', statusReason: 'why' })
  expect(at(answer, 'serviceDeployments', 1)).not.toHaveProperty('stoppedAt')
})

test('a new deployment is missing for a while', async () => {
  const { made, arns } = await withHistory()
  await made.call('UpdateService', { ...shopWeb, forceNewDeployment: true })
  const list = async () => listed(await made.call('ListServiceDeployments', shopWeb), 1)
  expect(await list()).toEqual([arns[0]])
  await made.clock.advance(3)
  expect(await list()).toEqual([made.serviceNamed('web').serviceDeployments[0]?.arn])
})

test('by status', async () => {
  const { made, arns } = await withHistory()
  const answer = await made.call('ListServiceDeployments', {
    ...shopWeb,
    status: ['SUCCESSFUL', 'IN_PROGRESS'],
  })
  expect(listed(answer, 3)).toEqual([arns[0], arns[2], undefined])
})

test('by time of creation, the limits themselves left out', async () => {
  const { made, times, arns } = await withHistory()
  const [newest = 0, middle = 0, oldest = 0] = times
  const by = async (createdAt: JsonObject) =>
    listed(await made.call('ListServiceDeployments', { ...shopWeb, createdAt }), 3)
  expect(await by({ after: middle })).toEqual([arns[0], undefined, undefined])
  expect(await by({ after: middle - 0.001 })).toEqual([arns[0], arns[1], undefined])
  expect(await by({ before: middle })).toEqual([arns[2], undefined, undefined])
  expect(await by({ after: oldest, before: newest })).toEqual([arns[1], undefined, undefined])
})

test('in pages', async () => {
  const { made, arns } = await withHistory()
  const first = await made.call('ListServiceDeployments', { ...shopWeb, maxResults: 2 })
  expect(listed(first, 3)).toEqual([arns[0], arns[1], undefined])
  const rest = { ...shopWeb, maxResults: 2, nextToken: first.nextToken ?? null }
  const second = await made.call('ListServiceDeployments', rest)
  expect(listed(second, 2)).toEqual([arns[2], undefined])
  expect(second).not.toHaveProperty('nextToken')
})

test.each<[name: string, input: JsonObject, code: string, message: string | RegExp]>([
  ['an unknown cluster', { cluster: 'nope' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ['an unknown service', { service: 'nope' }, 'ServiceNotFoundException', 'Service not found.'],
  ['no service', { service: null }, 'InvalidParameterException', /'service'/],
  [
    'an unknown status',
    { status: ['FAILED'] },
    'InvalidParameterException',
    'Invalid service deployment status: FAILED',
  ],
  [
    'a time before the history begins',
    { createdAt: { after: 1_600_000_000 } },
    'InvalidParameterException',
    'createdAt must be within the last 90 days.',
  ],
  ['an ISO time', { createdAt: { after: '2026-01-01' } }, 'SerializationException', /Timestamp$/],
  [
    'limits the wrong way round',
    { createdAt: { after: 4e9, before: 3e9 } },
    'InvalidParameterException',
    /earlier/,
  ],
  ['a made-up token', { nextToken: 'x' }, 'InvalidParameterException', 'Invalid token.'],
  ['101 a page', { maxResults: 101 }, 'InvalidParameterException', 'maxResults must be between 1 and 100.'],
])('%s is refused', async (_name, input, code, message) => {
  const { call } = await benchWithService()
  await expect(call('ListServiceDeployments', { ...shopWeb, ...input })).rejects.toMatchObject({
    code,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
})
