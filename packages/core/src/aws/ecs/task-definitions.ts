import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { call } from '../call.ts'
import { isJsonObject, isJsonObjectList, type JsonObject } from '../json.ts'
import { present } from '../present.ts'
import { sendRaw } from '../raw-json.ts'

/** A task definition exactly as ECS answered it, members unknown to us included. */
export interface RawTaskDefinition {
  definition: JsonObject
  tags: JsonObject[]
}

/** `name` is a family (its newest ACTIVE revision), `family:revision` or an ARN. ECS answers an unknown one with ClientException. */
export function describeTaskDefinition(ecs: ECSClient, name: string): Promise<RawTaskDefinition> {
  return call('ecs:DescribeTaskDefinition', `read the task definition ${name}`, async () => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: name, include: ['TAGS'] })
    return rawTaskDefinition(await sendRaw(ecs, command))
  })
}

/** `body` is the request of RegisterTaskDefinition, sent as it is. */
export function registerTaskDefinition(ecs: ECSClient, body: JsonObject): Promise<RawTaskDefinition> {
  const family = typeof body.family === 'string' ? body.family : 'without a family'
  return call(
    'ecs:RegisterTaskDefinition',
    `register a revision of the task definition ${family}`,
    async () => {
      // The typed input only satisfies the SDK; the body replaces it.
      const command = new RegisterTaskDefinitionCommand({ family, containerDefinitions: [] })
      return rawTaskDefinition(await sendRaw(ecs, command, body))
    },
  )
}

function rawTaskDefinition(answer: JsonObject): RawTaskDefinition {
  const definition = answer.taskDefinition
  return {
    definition: present(isJsonObject(definition) ? definition : undefined, 'taskDefinition'),
    tags: isJsonObjectList(answer.tags) ? answer.tags : [],
  }
}
