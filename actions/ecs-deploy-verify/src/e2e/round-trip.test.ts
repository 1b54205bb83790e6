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
import { type JsonObject, type JsonValue, startTestbed, type Testbed } from '@ecs-release/testbed'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editRegistered } from './answers.fixture.ts'
import { secretArn, taskDefinitions, variableName } from './task-definition.fixture.ts'
import { placeFile, world } from './world.fixture.ts'

interface Change {
  /** Which container, counted around. */
  container: number
  name: string
  kind: 'variable' | 'secret'
  /** undefined removes. */
  value: string | undefined
}

const changes: fc.Arbitrary<Change[]> = fc.uniqueArray(
  fc.record({
    container: fc.nat({ max: 2 }),
    name: variableName,
    kind: fc.constantFrom('variable', 'secret'),
    value: fc.option(fc.oneof(secretArn, fc.constant('x=y==')), { nil: undefined }),
  }),
  { maxLength: 4, selector: ({ name }) => name },
)

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function byName(list: JsonValue | undefined, member: string): Map<string, JsonValue> {
  const entries = Array.isArray(list) ? list.filter(isObject) : []
  return new Map(entries.map((entry) => [String(entry.name), entry[member] ?? null]))
}

/** What the edits have to come to, worked out on maps: a name has one value, of one kind. */
function expected(
  definition: JsonObject,
  images: ReadonlyMap<string, string>,
  all: readonly Change[],
): JsonObject {
  const containers = containersOf(definition)
  const containerDefinitions = containers.map((container, index) => {
    const variables = byName(container.environment, 'value')
    const secrets = byName(container.secrets, 'valueFrom')
    for (const { container: place, kind, name, value } of all) {
      if (place % containers.length !== index) continue
      const [own, other] = kind === 'variable' ? [variables, secrets] : [secrets, variables]
      own.delete(name)
      if (value === undefined) continue
      own.set(name, value)
      other.delete(name)
    }
    return {
      ...container,
      image: images.get(String(container.name)) ?? container.image ?? '',
      environment: [...variables].map(([name, value]) => ({ name, value })),
      secrets: [...secrets].map(([name, valueFrom]) => ({ name, valueFrom })),
    }
  })
  return { ...definition, containerDefinitions }
}

/** Source: API reference, TaskDefinition: what RegisterTaskDefinition does not take. */
const readOnly = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
])

/** What DescribeTaskDefinition answers to a client that knows nothing of ours, without what cannot be registered. */
async function answered(testbed: Testbed, arn: string): Promise<JsonObject> {
  await testbed.clients.ecs.describeTaskDefinition({ taskDefinition: arn })
  const { output } = testbed.calls.of('ecs', 'DescribeTaskDefinition').at(-1) ?? {}
  const definition = isObject(output) ? output.taskDefinition : undefined
  const entries = isObject(definition) ? Object.entries(definition) : []
  return Object.fromEntries(entries.filter(([member]) => !readOnly.has(member)))
}

/** A task definition to the letter, but for the order of variables and secrets, which says nothing. */
function told(definition: JsonObject): JsonObject {
  const sorted = (list: JsonValue | undefined, member: string): JsonValue =>
    [...byName(list, member)].toSorted(([one], [other]) => (one < other ? -1 : 1)).map((entry) => [...entry])
  const containerDefinitions = containersOf(definition).map(({ environment, secrets, ...container }) => ({
    ...container,
    environment: sorted(environment, 'value'),
    secrets: sorted(secrets, 'valueFrom'),
  }))
  return { ...definition, containerDefinitions }
}

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
        const first = await register(definition)
        const described = fromRegistered(
          await describeTaskDefinition(ecs, String(first.definition.taskDefinitionArn)),
        )
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
        const raw = await answered(testbed, String(first.definition.taskDefinitionArn))
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

function without(value: JsonValue, [step, ...rest]: readonly Step[]): JsonValue {
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? without(item, rest) : item))
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  if (rest.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== step))
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, name === step ? without(inner, rest) : inner]),
  )
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
          const less = without(answer, path)
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
