import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { sameTaskDefinition } from './canonical.ts'
import { app, edit, one, remove, secret, set, two } from './variables.fixture.ts'
import type { VariableEdit } from './variables.ts'

test.each<[string, VariableEdit[], VariableEdit[], string[], JsonObject]>([
  [
    'a new variable stands at the end',
    [set('C', 'x')],
    [],
    ['added'],
    {
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2', futureField: true },
        { name: 'C', value: 'x' },
      ],
    },
  ],
  [
    'a value replaces one in its place, beside what nobody knows',
    [set('B', 'x=y==')],
    [],
    ['changed'],
    {
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: 'x=y==', futureField: true },
      ],
    },
  ],
  [
    'an empty value is a value',
    [set('A', '')],
    [],
    ['changed'],
    {
      environment: [
        { name: 'A', value: '' },
        { name: 'B', value: '2', futureField: true },
      ],
    },
  ],
  ['the same value', [set('A', '1')], [], ['unchanged'], {}],
  [
    'one is removed',
    [remove('A')],
    [],
    ['removed'],
    { environment: [{ name: 'B', value: '2', futureField: true }] },
  ],
  ['what is not there cannot be removed', [remove('Z')], [], ['absent'], {}],
  ['a secret of that name is none of its variables', [remove('S')], [], ['absent'], {}],
  [
    'a new secret',
    [],
    [set('T', secret)],
    ['added'],
    {
      secrets: [
        { name: 'S', valueFrom: secret },
        { name: 'T', valueFrom: secret },
      ],
    },
  ],
  [
    'another secret',
    [],
    [set('S', `${secret}2`)],
    ['changed'],
    { secrets: [{ name: 'S', valueFrom: `${secret}2` }] },
  ],
  ['a secret is removed', [], [remove('S')], ['removed'], { secrets: [] }],
  [
    'a variable becomes a secret',
    [],
    [set('A', secret)],
    ['moved'],
    {
      environment: [{ name: 'B', value: '2', futureField: true }],
      secrets: [
        { name: 'S', valueFrom: secret },
        { name: 'A', valueFrom: secret },
      ],
    },
  ],
  [
    'a secret becomes a variable',
    [set('S', 'x')],
    [],
    ['moved'],
    {
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2', futureField: true },
        { name: 'S', value: 'x' },
      ],
      secrets: [],
    },
  ],
  [
    'the same, said in full',
    [set('S', 'x')],
    [remove('S')],
    ['moved', 'absent'],
    {
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2', futureField: true },
        { name: 'S', value: 'x' },
      ],
      secrets: [],
    },
  ],
])('%s', (_, variables, secrets, changes, expected) => {
  const edited = edit(one, variables, secrets)
  expect(edited.changes.map(({ change }) => change)).toEqual(changes)
  expect(edited.definition).toEqual({ family: 'web', containerDefinitions: [{ ...app, ...expected }] })
})

test('every container is edited for itself', () => {
  const { definition, changes } = edit(
    two,
    [set('A', 'x', 'proxy'), remove('A', 'app')],
    [set('A', secret, 'app')],
  )
  expect(definition.containerDefinitions).toMatchObject([
    { environment: [{ name: 'B' }], secrets: [{ name: 'S' }, { name: 'A' }] },
    { name: 'proxy', environment: [{ name: 'A', value: 'x' }] },
  ])
  expect(changes).toEqual([
    { kind: 'variable', container: 'app', name: 'A', change: 'removed' },
    { kind: 'secret', container: 'app', name: 'A', change: 'added' },
    { kind: 'variable', container: 'proxy', name: 'A', change: 'added' },
  ])
})

test('without edits it is the same task definition', () => {
  expect(edit(one, []).definition).toBe(one)
})

test('a name that stands twice in the list stands there once afterwards', () => {
  const twice = {
    name: 'app',
    environment: [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ],
  }
  const { changes, definition } = edit({ containerDefinitions: [twice] }, [set('A', '1')])
  expect(changes).toMatchObject([{ change: 'changed' }])
  expect(definition).toEqual({
    containerDefinitions: [{ name: 'app', environment: [{ name: 'A', value: '1' }] }],
  })
})

test('setting is repeatable, and removing what was added gives the same task definition', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[C-R]\w{0,8}$/), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(names, fc.string(), (added, value) => {
      const variables = added.map((name) => set(name, value))
      const edited = edit(one, variables).definition
      expect(edit(edited, variables).definition).toEqual(edited)
      const back = edit(
        edited,
        added.map((name) => remove(name)),
      ).definition
      expect(sameTaskDefinition(back, one)).toBe(true)
    }),
  )
})
