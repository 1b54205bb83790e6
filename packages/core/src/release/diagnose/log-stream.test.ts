import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { logStreamOf } from './log-stream.ts'

const options = { 'awslogs-group': '/ecs/web', 'awslogs-stream-prefix': 'web', 'awslogs-region': 'eu-west-1' }
const logging = (logConfiguration: JsonObject | null): JsonObject => ({
  containerDefinitions: [{ name: 'proxy' }, { name: 'app', logConfiguration }],
})

test('prefix, container and task name the stream', () => {
  expect(logStreamOf(logging({ logDriver: 'awslogs', options }), 'app', 'abc')).toEqual({
    group: '/ecs/web',
    stream: 'web/app/abc',
    region: 'eu-west-1',
  })
})

test.each<[string, JsonObject | null, string]>([
  ['another driver', { logDriver: 'awsfirelens', options }, 'app'],
  ['no options', { logDriver: 'awslogs' }, 'app'],
  ['no prefix', { logDriver: 'awslogs', options: { 'awslogs-group': 'g' } }, 'app'],
  ['no group', { logDriver: 'awslogs', options: { 'awslogs-stream-prefix': 'p' } }, 'app'],
  ['no logging', null, 'app'],
  ['another container', { logDriver: 'awslogs', options }, 'proxy'],
  ['an unknown container', { logDriver: 'awslogs', options }, 'nobody'],
])('%s has no stream that could be found', (_, configuration, container) => {
  expect(logStreamOf(logging(configuration), container, 'abc')).toBeUndefined()
})
