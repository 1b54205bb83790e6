import { optionalText, textList } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import type { Ecs } from '../ecs-context.ts'
import { seconds } from '../views/seconds.ts'
import { taskDefinitionView } from '../views/task-definition-view.ts'
import { findTaskDefinition } from './find-task-definition.ts'
import { pageOf } from './page.ts'
import { clientFault, invalidParameter } from './refusals.ts'

function wanted(input: JsonObject): string {
  return optionalText(input, 'taskDefinition') ?? ''
}

/** DescribeTaskDefinition: also INACTIVE revisions; `tags` only when `include` asks for them. */
export function describeTaskDefinition(ecs: Ecs, input: JsonObject): JsonObject {
  const include = textList(input, 'include')
  if (include.some((member) => member !== 'TAGS')) throw invalidParameter('Invalid include value.')
  const definition = findTaskDefinition(ecs, wanted(input))
  if (!definition) throw clientFault('Unable to describe task definition.')
  const answer: JsonObject = { taskDefinition: taskDefinitionView(definition) }
  return include.length > 0 ? { ...answer, tags: definition.tags } : answer
}

/** DeregisterTaskDefinition: services that run the revision keep it; no service can take it up any more. */
export function deregisterTaskDefinition(ecs: Ecs, input: JsonObject): JsonObject {
  const given = wanted(input)
  const definition = findTaskDefinition(ecs, given)
  // Only one revision at a time can be deregistered, so a family alone is not enough.
  if (definition && !/:\d+$/.test(given)) throw invalidParameter(`Invalid revision number. Number: `)
  if (!definition) throw clientFault('Unable to describe task definition.')
  if (definition.status === 'ACTIVE') {
    definition.status = 'INACTIVE'
    definition.raw = { ...definition.raw, deregisteredAt: seconds(ecs.clock.now()) }
  }
  return { taskDefinition: taskDefinitionView(definition) }
}

/** ListTaskDefinitions: ARNs in the order of family and revision, 100 a page; ACTIVE ones unless asked otherwise. */
export function listTaskDefinitions(ecs: Ecs, input: JsonObject): JsonObject {
  const family = optionalText(input, 'familyPrefix')
  const status = optionalText(input, 'status') ?? 'ACTIVE'
  const sort = optionalText(input, 'sort') ?? 'ASC'
  if (!['ACTIVE', 'INACTIVE', 'DELETE_IN_PROGRESS'].includes(status))
    throw invalidParameter('Invalid status.')
  if (!['ASC', 'DESC'].includes(sort)) throw invalidParameter('Invalid sort.')
  const families = [...ecs.state.taskDefinitions.keys()].sort()
  const arns = families
    .filter((name) => family === undefined || name === family)
    .flatMap((name) => ecs.state.taskDefinitions.get(name) ?? [])
    .filter((definition) => definition.status === status)
    .map(({ arn }) => arn)
  const { page, nextToken } = pageOf(sort === 'ASC' ? arns : arns.reverse(), input, 100)
  return present({ taskDefinitionArns: page, nextToken })
}
