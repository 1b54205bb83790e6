import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { denied } from '../test-data.fixture.ts'
import { checkLogGroups, neededLogGroups } from './log-groups.ts'

const logging = (name: string, options: JsonObject, logDriver = 'awslogs'): JsonObject => ({
  name,
  logConfiguration: { logDriver, options },
})
const group = { 'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-west-1' }
const needed = { name: '/ecs/web', region: 'eu-west-1', containers: ['app'] }

test.each<[string, JsonObject[], ReturnType<typeof neededLogGroups>]>([
  ['one', [logging('app', group)], [needed]],
  [
    'the same for two containers',
    [logging('app', group), logging('proxy', group)],
    [{ ...needed, containers: ['app', 'proxy'] }],
  ],
  [
    'the same name in two Regions',
    [logging('app', group), logging('proxy', { ...group, 'awslogs-region': 'eu-west-2' })],
    [needed, { name: '/ecs/web', region: 'eu-west-2', containers: ['proxy'] }],
  ],
  ['without a Region', [logging('app', { 'awslogs-group': '/ecs/web' })], [{ ...needed, region: undefined }]],
  ['one that the driver creates', [logging('app', { ...group, 'awslogs-create-group': 'true' })], []],
  [
    'one that the driver does not create',
    [logging('app', { ...group, 'awslogs-create-group': 'false' })],
    [needed],
  ],
  ['another driver', [logging('app', group, 'splunk')], []],
  ['no logging', [{ name: 'app' }], []],
])('log groups that are needed: %s', (_, containerDefinitions, expected) => {
  expect(neededLogGroups({ containerDefinitions })).toEqual(expected)
})

test('a missing one is a finding, and what may not be read is told', async () => {
  const other = { ...group, 'awslogs-group': '/ecs/other' }
  const definition = { containerDefinitions: [logging('app', group), logging('proxy', other)] }
  const calls = { logGroupExists: async (name: string) => name === '/ecs/other' }
  expect(await checkLogGroups(definition, calls)).toMatchObject({
    findings: [
      {
        code: 'log-group-missing',
        cause: 'the log group /ecs/web of container app does not exist in eu-west-1',
        remedy: expect.stringContaining('awslogs-create-group'),
      },
    ],
    unchecked: [],
  })
  expect(await checkLogGroups(definition, { logGroupExists: () => Promise.reject(denied) })).toEqual({
    findings: [],
    unchecked: [
      { what: 'the log group /ecs/web', error: denied },
      { what: 'the log group /ecs/other', error: denied },
    ],
  })
})
