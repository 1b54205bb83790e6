import { localName } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { TaskDefinition } from '../model.ts'
import { clientFault, invalidParameter } from './refusals.ts'

/** Looks up `FAMILY` (its latest ACTIVE revision), `FAMILY:REVISION` or an ARN; undefined when there is none. */
export function findTaskDefinition(ecs: Ecs, given: string): TaskDefinition | undefined {
  if (given === '') throw invalidParameter('Task Definition can not be blank.')
  const name = localName(ecs.place, 'task-definition', given)
  if (name === undefined) return undefined
  const [family = '', revision] = name.split(':')
  const revisions = ecs.state.taskDefinitions.get(family) ?? []
  if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
  if (!/^\d+$/.test(revision)) throw invalidParameter(`Invalid revision number. Number: ${revision}`)
  return revisions[Number(revision) - 1]
}

/** The same for a service, which can only run an ACTIVE revision. */
export function runnableTaskDefinition(ecs: Ecs, given: string): TaskDefinition {
  const found = findTaskDefinition(ecs, given)
  if (!found) throw clientFault('TaskDefinition not found.')
  if (found.status === 'INACTIVE') throw clientFault('TaskDefinition is inactive')
  return found
}
