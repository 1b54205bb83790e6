import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import type { Task } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import { aCrashedTask, aTask, denied, older } from '../test-data.ts'
import { type Investigation, investigate } from './investigate.ts'
import { seen } from './sample.ts'

const awslogs = (region: string): JsonObject => ({
  containerDefinitions: [
    {
      name: 'app',
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': 'g', 'awslogs-stream-prefix': 'p', 'awslogs-region': region },
      },
    },
  ],
})

interface Asked {
  stopped?: Task[] | Error
  log?: string[] | Error | undefined
  logLines?: number
  definition?: JsonObject
  earlier?: Investigation
}

async function asking({
  stopped = [aCrashedTask('1', 1)],
  log,
  logLines = 20,
  definition = awslogs('us-east-1'),
  earlier,
}: Asked) {
  const troubles: unknown[] = []
  const asked: unknown[][] = []
  const found = await investigate(
    { ...seen(), definition },
    {
      calls: {
        async tasks(status) {
          if (status === 'RUNNING') return [aTask('9', { startedBy: older })]
          if (stopped instanceof Error) throw stopped
          return stopped
        },
        async logTail(...place) {
          asked.push(place)
          if (log instanceof Error) throw log
          return log
        },
      },
      logLines,
      earlier,
      trouble: (error) => troubles.push(error),
    },
  )
  return { found, troubles, asked }
}

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
  ['no stream', { log: undefined }, /^container app has written nothing to p\/app\/1 in g$/],
  ['no lines', { log: [] }, /has written nothing/],
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

test('no lines are read when none are wanted, or nobody is suspect', async () => {
  expect(await asking({ logLines: 0, log: ['a'] })).toMatchObject({ asked: [], found: { log: undefined } })
  expect(await asking({ stopped: [], log: ['a'] })).toMatchObject({ asked: [], found: { log: undefined } })
})

test('what cannot be read does not hide the failure', async () => {
  const { found, troubles } = await asking({ stopped: denied })
  expect([found.findings[0].code, troubles]).toEqual(['unknown-failure', [denied]])
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
