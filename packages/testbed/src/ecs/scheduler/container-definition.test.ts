import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { containerDefinitions } from './container-definition.ts'
import { taskDefinition } from './testing/stage.ts'

const parsed = (container: JsonObject) =>
  containerDefinitions(taskDefinition(1, [{ name: 'app', image: 'web:v1', ...container }]))[0]

test("the defaults are AWS's", () => {
  expect(parsed({})).toEqual({
    name: 'app',
    image: 'web:v1',
    essential: true,
    entryPoint: [],
    command: [],
    workingDirectory: undefined,
    environment: {},
    secrets: {},
    memory: undefined,
    ports: [],
    stopTimeout: 30,
    healthCheck: undefined,
    logs: undefined,
    recordsDigest: true,
  })
})

test.each([
  ['CMD', ['CMD', 'curl', '-f', 'http://web/'], ['curl', '-f', 'http://web/']],
  [
    'CMD-SHELL',
    ['CMD-SHELL', 'curl -f http://web/ || exit 1'],
    ['/bin/sh', '-c', 'curl -f http://web/ || exit 1'],
  ],
  ['neither', ['curl', '-f', 'http://web/'], ['curl', '-f', 'http://web/']],
])('a health check of the form %s', (_, command, expected) => {
  expect(parsed({ healthCheck: { command } })?.healthCheck).toEqual({
    command: expected,
    interval: 30,
    timeout: 5,
    retries: 3,
    startPeriod: 0,
  })
})

test.each([[['NONE']], [[]]])('the command %s is no health check', (command) => {
  expect(parsed({ healthCheck: { command } })?.healthCheck).toBeUndefined()
})

test('what is given is taken', () => {
  const given = { interval: 5, timeout: 2, retries: 10, startPeriod: 300 }
  const healthCheck = { command: ['CMD', 'true'], ...given }
  expect(parsed({ healthCheck })?.healthCheck).toEqual({ command: ['true'], ...given })
  expect(parsed({ essential: false, stopTimeout: 120, versionConsistency: 'disabled' })).toMatchObject({
    essential: false,
    stopTimeout: 120,
    recordsDigest: false,
  })
  const options = { 'awslogs-group': '/ecs/web' }
  expect(parsed({ logConfiguration: { logDriver: 'awslogs', options } })?.logs).toEqual(options)
  expect(parsed({ logConfiguration: { logDriver: 'splunk', options } })?.logs).toBeUndefined()
})
