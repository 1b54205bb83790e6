import { ActionError } from '../../action/action-error.ts'
import { isJsonObject, type JsonObject } from '../../aws/json.ts'
import { sameTaskDefinition } from './canonical.ts'
import type { WantedTaskDefinition } from './load.ts'
import { assertNothingLost } from './lost.ts'

/** A task definition as RegisterTaskDefinition and DescribeTaskDefinition answer it, unknown members included. */
export interface Registered {
  definition: JsonObject
  tags: readonly JsonObject[]
}

/** What has to be done so that the wanted task definition is registered. */
export type TaskDefinitionPlan =
  | { kind: 'reuse'; arn: string; definition: JsonObject }
  | { kind: 'register'; definition: JsonObject; tags: readonly JsonObject[] }

/** The wanted task definition as edits have made it. It is the revision that it was read from only if nothing changed. */
export function edited(wanted: WantedTaskDefinition, definition: JsonObject): WantedTaskDefinition {
  const same = sameTaskDefinition(definition, wanted.definition)
  return { ...wanted, definition, arn: same ? wanted.arn : undefined }
}

/**
 * Reuses the revision that was asked for by name, else the first candidate that says the same as what is wanted. Candidates are active revisions of the family in
 * the order of preference: the one the service runs comes first, so that nothing new to deploy stays nothing new.
 */
export function planTaskDefinition(
  wanted: WantedTaskDefinition,
  candidates: readonly Registered[],
): TaskDefinitionPlan {
  if (wanted.arn !== undefined) return { kind: 'reuse', arn: wanted.arn, definition: wanted.definition }
  const found = candidates.find(
    (candidate) =>
      candidate.definition.status !== 'INACTIVE' &&
      sameTaskDefinition(wanted.definition, candidate.definition) &&
      sameTags(wanted.tags, candidate.tags),
  )
  const arn = found?.definition.taskDefinitionArn
  if (typeof arn === 'string') return { kind: 'reuse', arn, definition: wanted.definition }
  return { kind: 'register', definition: wanted.definition, tags: wanted.tags }
}

/** Carries out the plan and makes sure that nothing got lost on the way. Returns the ARN. */
export async function carryOut(
  plan: TaskDefinitionPlan,
  register: (body: JsonObject) => Promise<Registered>,
): Promise<string> {
  if (plan.kind === 'reuse') return plan.arn
  const tags = plan.tags.length === 0 ? {} : { tags: [...plan.tags] }
  const answer = await register({ ...plan.definition, ...tags })
  assertNothingLost({ ...plan.definition, ...tags }, { ...answer.definition, tags: [...answer.tags] })
  const arn = answer.definition.taskDefinitionArn
  if (typeof arn !== 'string')
    throw new ActionError('incomplete-response', 'RegisterTaskDefinition answered without an ARN')
  return arn
}

/** A file without tags leaves the registered ones alone. */
export function sameTags(wanted: readonly JsonObject[], registered: readonly JsonObject[]): boolean {
  if (wanted.length === 0) return true
  const text = (tags: readonly JsonObject[]) =>
    tags
      .filter(isJsonObject)
      .map(({ key, value }) => JSON.stringify([key, value ?? '']))
      .toSorted()
      .join('\n')
  return text(wanted) === text(registered.filter(({ key }) => !String(key).startsWith('aws:')))
}
