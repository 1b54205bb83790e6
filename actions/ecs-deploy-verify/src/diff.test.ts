import type { JsonObject } from '@ecs-release/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { taskDefinitionDiff } from './diff.ts'

const definition = (app: JsonObject, rest: JsonObject = {}): JsonObject => ({
  family: 'web',
  ...rest,
  containerDefinitions: [{ name: 'app', image: 'repo:v1', ...app }],
})
const variable = (name: string, value: string) => ({ name, value })

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['nothing', definition({}), definition({ essential: true }), []],
  [
    'an image',
    definition({}),
    definition({ image: 'repo:v2' }),
    ['~ containerDefinitions[app].image: repo:v1 → repo:v2'],
  ],
  ['a size', definition({}, { cpu: '256' }), definition({}, { cpu: 512 }), ['~ cpu: 256 → 512']],
  [
    'a new member',
    definition({}),
    definition({ futureField: { deep: 'secret' } }),
    ['+ containerDefinitions[app].futureField.deep'],
  ],
  [
    'a role by its name alone',
    definition({}, { taskRoleArn: 'arn:aws:iam::111122223333:role/web' }),
    definition({}, { taskRoleArn: 'web' }),
    [],
  ],
  ['a member that goes', definition({}, { taskRoleArn: 'role' }), definition({}), ['- taskRoleArn: role']],
  [
    'a command',
    definition({ command: ['a', 'b'] }),
    definition({ command: ['a', 'c'] }),
    ['~ containerDefinitions[app].command[1]'],
  ],
  [
    'variables, by name and without values',
    definition({ environment: [variable('OLD', '1'), variable('SAME', '2'), variable('image', 'hunter2')] }),
    definition({ environment: [variable('SAME', '2'), variable('NEW', '1'), variable('image', 'hunter3')] }),
    [
      '+ containerDefinitions[app].environment[NEW].value',
      '- containerDefinitions[app].environment[OLD].value',
      '~ containerDefinitions[app].environment[image].value',
    ],
  ],
  [
    'a container more',
    definition({}),
    {
      ...definition({}),
      containerDefinitions: [
        { name: 'app', image: 'repo:v1' },
        { name: 'proxy', image: 'envoy:1' },
      ],
    },
    ['+ containerDefinitions[proxy].image: envoy:1'],
  ],
])('%s', (_, before, after, lines) => {
  expect(taskDefinitionDiff(before, after).toSorted()).toEqual(lines.toSorted())
})

test('no value of a variable appears, whatever its name', () => {
  const secret = 'hunter2hunter2'
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      const lines = taskDefinitionDiff(
        definition({
          environment: [variable(name, `${secret}-old`)],
          secrets: [{ name, valueFrom: `${secret}-from` }],
        }),
        definition({ environment: [variable(name, secret)] }),
      )
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.join('\n')).not.toContain(secret)
    }),
  )
})
