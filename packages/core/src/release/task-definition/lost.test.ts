import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isJsonObject, type JsonObject, type JsonValue } from '../../aws/json.ts'
import { assertNothingLost, lostPaths } from './lost.ts'

const leaf: fc.Arbitrary<JsonValue> = fc.oneof(fc.string(), fc.integer(), fc.boolean())
const json: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.stringMatching(/^m[a-z]{1,6}$/),
  fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^m[a-z]{1,6}$/), tie('value'), { maxKeys: 3 }),
    ),
  })).value,
)

/** All leaves with their paths, and a way to get a copy without that leaf. */
function leaves(value: JsonValue, path: string): { path: string; without: JsonValue }[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      leaves(item, `${path}[${index}]`).map((found) => ({
        path: found.path,
        without: value.with(index, found.without),
      })),
    )
  }
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([name, inner]) =>
      leaves(inner, path === '' ? name : `${path}.${name}`).map((found) => ({
        path: found.path,
        without: { ...value, [name]: found.without },
      })),
    )
  }
  return [{ path, without: null }]
}

test('nothing is lost when everything comes back, with more beside it', () => {
  fc.assert(
    fc.property(json, fc.string(), (sent, extra) => {
      expect(lostPaths(sent, { ...sent, zExtra: extra })).toEqual([])
    }),
  )
})

test('each leaf that does not come back is named by its path', () => {
  fc.assert(
    fc.property(json, (sent) => {
      for (const { path, without } of leaves(sent, '')) {
        expect(lostPaths(sent, isJsonObject(without) ? without : {})).toEqual([path])
      }
    }),
  )
})

test.each<[string, JsonObject, JsonObject]>([
  ['task sizes as text', { cpu: 256, memory: '1 GB' }, { cpu: '256', memory: '1024' }],
  [
    'a role by its ARN',
    { taskRoleArn: 'jobs/web' },
    { taskRoleArn: 'arn:aws-cn:iam::111122223333:role/jobs/web' },
  ],
  ['null', { a: null }, {}],
  ['an empty list', { a: { b: [] } }, {}],
  ['hostPort 0 filled in', { p: [{ hostPort: 0 }] }, { p: [{ hostPort: 3000 }] }],
  [
    'variables in another order',
    {
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    },
    {
      environment: [
        { name: 'B', value: '2' },
        { name: 'A', value: '1' },
      ],
    },
  ],
  [
    'tags in another order',
    { tags: [{ key: 'a', value: '1' }, { key: 'b' }] },
    { tags: [{ key: 'b' }, { key: 'a', value: '1' }] },
  ],
  ['capabilities in another order', { add: ['A', 'B'] }, { add: ['B', 'A'] }],
])('%s is no loss', (_, sent, answer) => {
  expect(lostPaths(sent, answer)).toEqual([])
})

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['another size', { cpu: '256' }, { cpu: '512' }, ['cpu']],
  [
    'another role',
    { taskRoleArn: 'web' },
    { taskRoleArn: 'arn:aws:iam::111122223333:role/jobs/web' },
    ['taskRoleArn'],
  ],
  ['no role', { executionRoleArn: 'web' }, {}, ['executionRoleArn']],
  ['no size', { memory: '256' }, {}, ['memory']],
  ['a changed value', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b']],
  ['a number as text', { a: 1 }, { a: '1' }, ['a']],
  ['no hostPort at all', { hostPort: 0 }, {}, ['hostPort']],
  ['another hostPort', { hostPort: 80 }, { hostPort: 81 }, ['hostPort']],
  [
    'a missing variable',
    {
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    },
    { environment: [{ name: 'A', value: '1' }] },
    ['environment[1].name', 'environment[1].value'],
  ],
  [
    'another tag value',
    { tags: [{ key: 'a', value: '1' }] },
    { tags: [{ key: 'a', value: '2' }] },
    ['tags[0].value'],
  ],
  [
    'a command in another order',
    { command: ['a', 'b'] },
    { command: ['b', 'a'] },
    ['command[0]', 'command[1]'],
  ],
  ['a capability less', { drop: ['A', 'B'] }, { drop: ['B'] }, ['drop[0]']],
])('%s is a loss', (_, sent, answer, paths) => {
  expect(lostPaths(sent, answer)).toEqual(paths)
})

test('the error names the paths and no value', () => {
  const sent = { containerDefinitions: [{ futureField: 'secret-value' }] }
  expect(() => assertNothingLost(sent, {})).toThrow('at containerDefinitions[0].futureField')
  expect(() => assertNothingLost(sent, {})).not.toThrow('secret-value')
  expect(() => assertNothingLost(sent, sent)).not.toThrow()
})

test('of many paths the first five are named and the rest counted', () => {
  const sent = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, 1]))
  expect(() => assertNothingLost(sent, {})).toThrow(/at a, b, c, d, e and 2 more$/)
  expect(() => assertNothingLost(sent, { f: 1, g: 1 })).toThrow(/at a, b, c, d, e$/)
})
