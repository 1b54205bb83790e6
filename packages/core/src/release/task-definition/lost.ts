import { ActionError } from '../../action/action-error.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../aws/json.ts'
import { taskSize, unordered } from './canonical.ts'
import { namesRole, sameRole } from './role.ts'

/**
 * The paths of submitted leaves that are not in the answer, such as `containerDefinitions[0].futureField`. A leaf is
 * text, a number or a boolean; null and what is empty say nothing. AWS's own normalisation is no loss: task sizes as
 * text, hostPort 0 filled in, a role by its ARN, lists without order. Only paths are returned, as values may be confidential.
 */
export function lostPaths(submitted: JsonObject, answer: JsonObject): string[] {
  return Object.entries(submitted).flatMap(([member, value]) => {
    const got = answer[member]
    if ((member === 'cpu' || member === 'memory') && isSize(value) && isSize(got)) {
      return taskSize(value) === taskSize(got) ? [] : [member]
    }
    return namesRole(member) && sameRole(value, got) ? [] : lost(member, member, value, got)
  })
}

/** Throws when RegisterTaskDefinition's answer lacks something that was submitted. */
export function assertNothingLost(submitted: JsonObject, answer: JsonObject): void {
  const paths = lostPaths(submitted, answer)
  if (paths.length === 0) return
  throw new ActionError(
    'lost-in-translation',
    `the registered task definition lacks what was submitted at ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''}`,
    {
      hint: 'Nothing was deployed. Compare the registered revision with the file: either Amazon ECS does not know this member, or something between here and AWS dropped it.',
    },
  )
}

function lost(path: string, member: string, value: JsonValue, got: JsonValue | undefined): string[] {
  if (value === null || (member === 'hostPort' && value === 0 && got !== undefined)) return []
  if (Array.isArray(value)) {
    const answers = Array.isArray(got) ? got : []
    return value.flatMap((item, index) => {
      const counterpart = unordered.has(member) ? partner(item, answers) : answers[index]
      return lost(`${path}[${index}]`, '', item, counterpart)
    })
  }
  if (isJsonObject(value)) {
    const answer = isJsonObject(got) ? got : {}
    return Object.entries(value).flatMap(([name, inner]) =>
      lost(`${path}.${name}`, name, inner, answer[name]),
    )
  }
  return value === got ? [] : [path]
}

/** The item of the answer that belongs to a submitted one: the same text, or the same name or key. */
function partner(item: JsonValue, answers: readonly JsonValue[]): JsonValue | undefined {
  if (!isJsonObject(item)) return answers.find((answer) => answer === item)
  return answers.find(
    (answer) => isJsonObject(answer) && answer.name === item.name && answer.key === item.key,
  )
}

function isSize(value: JsonValue | undefined): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
