import {
  carryOut,
  containersOf,
  describeTaskDefinition,
  edited,
  fromRegistered,
  planTaskDefinition,
  registerTaskDefinition,
  type VariableEdit,
  withImages,
  withVariables,
} from '@ecs-release/core'
import { type JsonObject, type JsonValue, startTestbed } from '@ecs-release/testbed'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editRegistered } from './answers.fixture.ts'
import { answered, type Change, changes, expected, isObject, told } from './round-trip.fixture.ts'
import { taskDefinitions } from './task-definition.fixture.ts'
import { placeFile, world } from './world.fixture.ts'

test('random task definitions survive describe, edit, register and read back over HTTP', async () => {
  await using testbed = await startTestbed({ timeScale: 80, throttling: false })
  const { ecs } = testbed.clients
  const register = (body: JsonObject) => registerTaskDefinition(ecs, body)
  const definitions = taskDefinitions('round-trip', 'repo:v1')
  let compared = 0
  await fc.assert(
    fc.asyncProperty(
      definitions,
      changes,
      fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      async (definition, all, gets) => {
        const file = { definition, tags: [], arn: undefined }
        const first = await carryOut(planTaskDefinition(file, []), register)
        const revision = await describeTaskDefinition(ecs, first)
        expect(planTaskDefinition(file, [revision]).kind).toBe('reuse')
        const described = fromRegistered(revision)
        const names = containersOf(definition).map(({ name }) => String(name))
        const images = new Map(
          names.filter((_, index) => gets[index]).map((name) => [name, `repo@sha256:${'a'.repeat(64)}`]),
        )
        const edits = (kind: Change['kind']): VariableEdit[] =>
          all
            .filter((change) => change.kind === kind)
            .map(({ container, name, value }) => ({
              container: names[container % names.length],
              name,
              value,
            }))
        const variables = { variables: edits('variable'), secrets: edits('secret') }
        const wanted = edited(
          described,
          withVariables(withImages(described.definition, images), variables).definition,
        )
        const before = testbed.calls.of('ecs', 'RegisterTaskDefinition').length
        const arn = await carryOut(planTaskDefinition(wanted, []), register)
        const [sent] = testbed.calls.of('ecs', 'RegisterTaskDefinition').slice(before)
        const raw = await answered(testbed, first)
        const target = told(expected(raw, images, all))
        // Nothing is registered where the edits changed nothing.
        if (sent !== undefined) expect(told(sent.input)).toEqual(target)
        compared += sent === undefined ? 0 : 1
        expect(told(await answered(testbed, arn))).toEqual(target)
      },
    ),
    { numRuns: 150 },
  )
  expect(compared).toBeGreaterThan(75)
})

type Step = string | number

/** The paths of all members below which there is a leaf: what can be dropped and must be missed. */
function droppable(value: JsonValue, path: readonly Step[]): Step[][] {
  const own = typeof path.at(-1) === 'string' && hasLeaf(value) ? [[...path]] : []
  if (Array.isArray(value))
    return [...own, ...value.flatMap((item, index) => droppable(item, [...path, index]))]
  if (!isObject(value)) return own
  return [...own, ...Object.entries(value).flatMap(([name, inner]) => droppable(inner, [...path, name]))]
}

function hasLeaf(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasLeaf)
  return isObject(value) ? Object.values(value).some(hasLeaf) : value !== null
}

/** The answer without what has this path in what was sent: ECS answers variables and secrets in another order. */
function without(value: JsonValue, [step, ...rest]: readonly Step[], sent: JsonValue): JsonValue {
  if (Array.isArray(value) && Array.isArray(sent) && typeof step === 'number') {
    const wanted = sent[step] ?? null
    const place = isObject(wanted) && 'name' in wanted ? placeOf(value, wanted.name) : step
    return value.map((item, index) => (index === place ? without(item, rest, wanted) : item))
  }
  if (!isObject(value) || !isObject(sent)) return value
  const entries = Object.entries(value)
  if (rest.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== step))
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, name === step ? without(inner, rest, sent[name] ?? null) : inner]),
  )
}

function placeOf(list: readonly JsonValue[], name: JsonValue | undefined): number {
  return list.findIndex((item) => isObject(item) && item.name === name)
}

const written = (path: readonly Step[]): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('')

test('the step fails and names the path of any one member that the answer lacks', async () => {
  await using aws = await world()
  const updates = () => aws.testbed.calls.of('ecs', 'UpdateService').length
  const before = updates()
  let run = 0
  await fc.assert(
    fc.asyncProperty(taskDefinitions('dropped', aws.v1.uri), fc.nat(), async (definition, which) => {
      // A family of its own, so that every run has to register.
      const own = { ...definition, family: `dropped-${run++}` }
      const paths = droppable(own, [])
      const path = paths[which % paths.length] ?? []
      await using workspace = await placeFile('task.json', JSON.stringify(own))
      using dropped = aws.testbed.faults.inject(
        editRegistered((answer) => {
          const less = without(answer, path, own)
          return isObject(less) ? less : answer
        }),
      )
      await using ended = await aws.deploy({ 'task-definition': 'task.json' }, workspace)
      expect(dropped.hits).toBe(1)
      expect(ended.outputs.outcome).toBe('failed')
      expect(ended.outputs.message).toContain('the registered task definition lacks what was submitted at ')
      expect(ended.outputs.message).toContain(written(path))
      expect(updates()).toBe(before)
    }),
    { numRuns: 25, endOnFailure: true },
  )
})
