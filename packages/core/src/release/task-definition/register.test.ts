import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { carryOut, edited, planTaskDefinition, type Registered } from './register.ts'

const definition: JsonObject = { family: 'web', containerDefinitions: [{ name: 'app', image: 'a:1' }] }
const arn = (revision: number) => `arn:aws:ecs:us-east-1:111122223333:task-definition/web:${revision}`

function registered(revision: number, change: JsonObject = {}, tags: JsonObject[] = []): Registered {
  return {
    definition: { ...definition, taskDefinitionArn: arn(revision), revision, status: 'ACTIVE', ...change },
    tags,
  }
}

const wanted = { definition, tags: [], arn: undefined }
const team = { key: 'team', value: 'shop' }

test.each<
  [
    string,
    typeof wanted | { definition: JsonObject; tags: JsonObject[]; arn: undefined },
    Registered[],
    string | undefined,
  ]
>([
  ['the first that says the same', wanted, [registered(5), registered(6)], arn(5)],
  ['the second when the first differs', wanted, [registered(5, { cpu: '1' }), registered(6)], arn(6)],
  ['not an inactive one', wanted, [registered(5, { status: 'INACTIVE' })], undefined],
  ['not a different one', wanted, [registered(5, { family: 'other' })], undefined],
  ['none among none', wanted, [], undefined],
  ['one with tags when none are wanted', wanted, [registered(5, {}, [team])], arn(5)],
  [
    'one with the same tags',
    { ...wanted, tags: [team] },
    [registered(5, {}, [{ key: 'aws:x', value: '1' }, team])],
    arn(5),
  ],
  [
    'not one with other tags',
    { ...wanted, tags: [team] },
    [registered(5, {}, [{ key: 'team', value: 'x' }])],
    undefined,
  ],
  ['not one without the tags', { ...wanted, tags: [team] }, [registered(5)], undefined],
])('reuses %s', (_, asked, candidates, expected) => {
  expect(planTaskDefinition(asked, candidates)).toEqual(
    expected === undefined
      ? { kind: 'register', definition, tags: asked.tags }
      : { kind: 'reuse', arn: expected, definition },
  )
})

function registering(answer: (body: JsonObject) => Registered) {
  const bodies: JsonObject[] = []
  const register = async (body: JsonObject) => {
    bodies.push(body)
    return answer(body)
  }
  return { bodies, register }
}

test('a reused revision is not registered again', async () => {
  const { bodies, register } = registering(() => registered(9))
  expect(await carryOut({ kind: 'reuse', arn: arn(5), definition }, register)).toBe(arn(5))
  expect(bodies).toEqual([])
})

test('the body is what is wanted, with tags only when there are some', async () => {
  const { bodies, register } = registering((body) => registered(7, {}, body.tags === undefined ? [] : [team]))
  expect(await carryOut({ kind: 'register', definition, tags: [] }, register)).toBe(arn(7))
  await carryOut({ kind: 'register', definition, tags: [team] }, register)
  expect(bodies).toEqual([definition, { ...definition, tags: [team] }])
})

test('a member that does not come back fails the step', async () => {
  const sent = { ...definition, futureField: 1 }
  const { register } = registering(() => registered(7))
  await expect(carryOut({ kind: 'register', definition: sent, tags: [] }, register)).rejects.toThrow(
    'at futureField',
  )
})

test('a tag that does not come back fails the step', async () => {
  const { register } = registering(() => registered(7))
  await expect(carryOut({ kind: 'register', definition, tags: [team] }, register)).rejects.toThrow(
    'at tags[0].key',
  )
})

test('a revision that was asked for by name is taken as it is', () => {
  const named = { ...wanted, arn: arn(3) }
  expect(planTaskDefinition(named, [registered(5)])).toEqual({ kind: 'reuse', arn: arn(3), definition })
})

test('edited it is that revision only if nothing changed', () => {
  const named = { ...wanted, arn: arn(3) }
  const withImage = (image: string) => ({ ...definition, containerDefinitions: [{ name: 'app', image }] })
  expect(edited(named, withImage('a:2'))).toEqual({ ...named, definition: withImage('a:2'), arn: undefined })
  expect(edited(named, withImage('a:1')).arn).toBe(arn(3))
})

test('an answer without an ARN is no registration', async () => {
  const { register } = registering((body) => ({ definition: body, tags: [] }))
  await expect(carryOut({ kind: 'register', definition, tags: [] }, register)).rejects.toThrow(
    'without an ARN',
  )
})
