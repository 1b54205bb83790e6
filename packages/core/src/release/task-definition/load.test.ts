import { expect, test } from 'vitest'
import { fromRegistered, parseTaskDefinition } from './load.ts'

const json = JSON.stringify({
  family: 'web',
  revision: 3,
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:3',
  requiresAttributes: [],
  futureTop: { x: '' },
  containerDefinitions: [{ name: 'app', futureField: [] }],
})
const definition = {
  family: 'web',
  futureTop: { x: '' },
  containerDefinitions: [{ name: 'app', futureField: [] }],
}

test('JSON loses its read-only attributes and nothing else', () => {
  expect(parseTaskDefinition(json, 'td.json')).toEqual({ definition, tags: [], arn: undefined })
})

test('YAML, with sizes as numbers and tags', () => {
  const yaml = `family: web
cpu: 256
memory: 512
tags: [{ key: team, value: shop }, { key: "aws:cloudformation:stack-name", value: x }]
containerDefinitions: [{ name: app, cpu: 10 }]`
  expect(parseTaskDefinition(yaml, 'td.yml')).toEqual({
    definition: {
      family: 'web',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'app', cpu: 10 }],
    },
    tags: [{ key: 'team', value: 'shop' }],
    arn: undefined,
  })
})

test('the answer of describe-task-definition, saved as it was', () => {
  const saved = JSON.stringify({ taskDefinition: JSON.parse(json), tags: [{ key: 'a', value: 'b' }] })
  expect(parseTaskDefinition(saved, 'td.json')).toEqual({
    definition,
    tags: [{ key: 'a', value: 'b' }],
    arn: undefined,
  })
})

test.each([
  ['broken JSON', '{', 'td.json', /^td\.json: cannot be read as JSON: /],
  ['YAML in a JSON file', 'family: web', 'td.json', /^td\.json: cannot be read as JSON: /],
  ['broken YAML', 'a: [', 'td.yaml', /^td\.yaml: cannot be read as YAML: /],
  ['a list', '[]', 'td.json', /^td\.json: expected a task definition/],
  ['no family', '{"containerDefinitions":[{"name":"a"}]}', 'td.json', /has no "family"/],
  ['an empty family', '{"family":"","containerDefinitions":[{"name":"a"}]}', 'td.json', /has no "family"/],
  [
    'no containers',
    '{"family":"web"}',
    'td.json',
    /^td\.json: the task definition has no "containerDefinitions"/,
  ],
  [
    'an empty list of containers',
    '{"family":"web","containerDefinitions":[]}',
    'td.json',
    /has no "containerDefinitions"/,
  ],
])('%s is refused', (_, text, path, message) => {
  expect(() => parseTaskDefinition(text, path)).toThrow(message)
})

test('a registered revision keeps its ARN and its own tags', () => {
  const arn = 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:3'
  expect(
    fromRegistered({
      definition: {
        ...definition,
        taskDefinitionArn: arn,
        status: 'ACTIVE',
        registeredBy: 'x',
        registeredAt: 1,
        compatibilities: [],
        deregisteredAt: 2,
        deleteRequestedAt: 3,
      },
      tags: [
        { key: 'aws:x', value: '1' },
        { key: 'team', value: 'shop' },
      ],
    }),
  ).toEqual({ definition, tags: [{ key: 'team', value: 'shop' }], arn })
})
