import { containersOf } from '@ecs-release/core'
import type { JsonObject, JsonValue, Testbed } from '@ecs-release/testbed'
import fc from 'fast-check'
import { secretArn, variableName } from './task-definition.fixture.ts'

export interface Change {
  /** Which container, counted around. */
  container: number
  name: string
  kind: 'variable' | 'secret'
  /** undefined removes. */
  value: string | undefined
}

export const changes: fc.Arbitrary<Change[]> = fc.uniqueArray(
  fc.record({
    container: fc.nat({ max: 2 }),
    name: variableName,
    kind: fc.constantFrom('variable', 'secret'),
    value: fc.option(fc.oneof(secretArn, fc.constant('x=y==')), { nil: undefined }),
  }),
  { maxLength: 4, selector: ({ name }) => name },
)

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function byName(list: JsonValue | undefined, member: string): Map<string, JsonValue> {
  const entries = Array.isArray(list) ? list.filter(isObject) : []
  return new Map(entries.map((entry) => [String(entry.name), entry[member] ?? null]))
}

/** What the edits have to come to, worked out on maps: a name has one value, of one kind. */
export function expected(
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
export async function answered(testbed: Testbed, arn: string): Promise<JsonObject> {
  await testbed.clients.ecs.describeTaskDefinition({ taskDefinition: arn })
  const { output } = testbed.calls.of('ecs', 'DescribeTaskDefinition').at(-1) ?? {}
  const definition = isObject(output) ? output.taskDefinition : undefined
  const entries = isObject(definition) ? Object.entries(definition) : []
  return Object.fromEntries(entries.filter(([member]) => !readOnly.has(member)))
}

/** A task definition to the letter, but for the order of variables and secrets, which says nothing. */
export function told(definition: JsonObject): JsonObject {
  const sorted = (list: JsonValue | undefined, member: string): JsonValue =>
    [...byName(list, member)].toSorted(([one], [other]) => (one < other ? -1 : 1)).map((entry) => [...entry])
  const containerDefinitions = containersOf(definition).map(({ environment, secrets, ...container }) => ({
    ...container,
    environment: sorted(environment, 'value'),
    secrets: sorted(secrets, 'valueFrom'),
  }))
  return { ...definition, containerDefinitions }
}
