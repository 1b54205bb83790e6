import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { edit, one, remove, secret, set, two } from './variables.fixture.ts'
import type { VariableEdit } from './variables.ts'

test.each<[string, JsonObject, VariableEdit[], VariableEdit[], string, string | undefined]>([
  [
    'an unknown container',
    two,
    [set('A', 'pw', 'web')],
    [],
    'environment-variables: there is no container "web" in the task definition',
    'Its containers are: app, proxy.',
  ],
  [
    'no container among two',
    two,
    [set('A', 'pw')],
    [],
    'environment-variables: A does not say for which container it is',
    'Write container:A=…; the containers are: app, proxy.',
  ],
  [
    'a removal without one',
    two,
    [],
    [remove('S')],
    'secrets: S does not say for which container it is',
    'Write container:-S; the containers are: app, proxy.',
  ],
  [
    'a variable twice',
    one,
    [set('A', 'pw'), set('A', 'pw', 'app')],
    [],
    'environment-variables: A of container "app" is given twice',
    undefined,
  ],
  [
    'set and removed',
    one,
    [set('A', 'pw'), remove('A')],
    [],
    'environment-variables: A of container "app" is given twice',
    undefined,
  ],
  [
    'a secret twice',
    one,
    [],
    [remove('S'), set('S', secret)],
    'secrets: S of container "app" is given twice',
    undefined,
  ],
  [
    'both a variable and a secret',
    one,
    [set('A', 'pw')],
    [set('A', secret)],
    'secrets: A of container "app" is given in environment-variables too',
    expect.stringContaining('either'),
  ],
  [
    'variables that are no list',
    { containerDefinitions: [{ name: 'app', environment: { A: 'pw' } }] },
    [set('A', 'pw')],
    [],
    'the task definition has "environment" of container "app" in a form that Amazon ECS does not take',
    expect.stringContaining('"value"'),
  ],
])('%s is refused', (_, definition, variables, secrets, message, hint) => {
  expect(() => edit(definition, variables, secrets)).toThrow(expect.objectContaining({ message, hint }))
})
