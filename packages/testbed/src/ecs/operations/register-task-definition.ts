import { optionalText, text } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { Call } from '../../wire/service.ts'
import { roleArn, taskDefinitionArn } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { TaskDefinition } from '../model.ts'
import { seconds } from '../views/seconds.ts'
import { taskDefinitionView } from '../views/task-definition-view.ts'
import { compatibilities, requiresAttributes } from './definition-requirements.ts'
import { checkTags } from './tags.ts'
import { readTaskDefinition, withDefaults } from './task-definition-defaults.ts'
import { checkTaskDefinition } from './task-definition-rules.ts'

/**
 * RegisterTaskDefinition: keeps the definition as submitted, unknown members included, with AWS's defaults added.
 * The account of a role that is given by its name alone is filled in (seen in the words of a maintainer of aws-actions).
 * What AWS itself decides (ARN, revision, status, …) wins over what a caller copied from an older answer.
 */
export function registerTaskDefinition(ecs: Ecs, input: JsonObject, call: Call): JsonObject {
  const { tags: _, ...submitted } = input
  const definition = readTaskDefinition(submitted)
  const tags = checkTags(input)
  checkTaskDefinition(definition)
  const family = text(definition, 'family')
  const revisions = ecs.state.taskDefinitions.get(family) ?? []
  const revision = revisions.length + 1
  const arn = taskDefinitionArn(ecs.place, family, revision)
  const { deregisteredAt: _old, ...kept } = withDefaults({ ...definition, ...rolesOf(ecs, definition) })
  const raw: JsonObject = {
    ...kept,
    taskDefinitionArn: arn,
    revision,
    status: 'ACTIVE',
    requiresAttributes: requiresAttributes(definition),
    compatibilities: compatibilities(definition),
    registeredAt: seconds(ecs.clock.now()),
    registeredBy: call.caller.arn,
  }
  const registered: TaskDefinition = { arn, family, revision, status: 'ACTIVE', raw, tags: tags ?? [] }
  ecs.state.taskDefinitions.set(family, [...revisions, registered])
  return { taskDefinition: taskDefinitionView(registered), ...(tags ? { tags } : {}) }
}

function rolesOf({ place }: Ecs, definition: JsonObject): JsonObject {
  const named = ['taskRoleArn', 'executionRoleArn'].flatMap((member) => {
    const role = optionalText(definition, member)
    return role === undefined || role === '' ? [] : [[member, roleArn(place, role)]]
  })
  return Object.fromEntries(named)
}
