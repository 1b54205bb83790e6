import { object, textList } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { Ecs } from '../ecs-context.ts'
import type { ServiceDeployment, ServiceDeploymentStatus } from '../model.ts'
import { serviceDeploymentBrief } from '../views/service-deployment-view.ts'
import { findService } from './find-service.ts'
import { pageOf } from './page.ts'
import { invalidParameter } from './refusals.ts'

const statuses: readonly ServiceDeploymentStatus[] = [
  'PENDING',
  'IN_PROGRESS',
  'SUCCESSFUL',
  'STOP_REQUESTED',
  'STOPPED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
]

/** ListServiceDeployments: newest first, 20 a page, filtered by status and time of creation; one just created may be missing. */
export function listServiceDeployments(ecs: Ecs, input: JsonObject): JsonObject {
  const service = findService(ecs, input)
  const wanted = wantedStatuses(input)
  const created = createdBetween(ecs, input)
  const visible = ecs.visibility.settled('listServiceDeployments', service.serviceDeployments)
  const matching = visible.filter((deployment) => wanted.includes(deployment.status) && created(deployment))
  const { page, nextToken } = pageOf(matching, input, 20)
  return present({ serviceDeployments: page.map((item) => serviceDeploymentBrief(service, item)), nextToken })
}

function wantedStatuses(input: JsonObject): readonly string[] {
  const given = textList(input, 'status')
  const unknown = given.find((status) => !statuses.some((known) => known === status))
  if (unknown !== undefined) throw invalidParameter(`Invalid service deployment status: ${unknown}`)
  return given.length > 0 ? given : statuses
}

/** Milliseconds since the epoch of a time that a request gives in seconds. */
function moment(filter: JsonObject, name: string): number | undefined {
  const given = filter[name] ?? undefined
  if (given === undefined || typeof given === 'number') return given === undefined ? given : given * 1000
  throw new ServiceError('SerializationException', 'STRING_VALUE cannot be converted to Timestamp')
}

function createdBetween(ecs: Ecs, input: JsonObject): (deployment: ServiceDeployment) => boolean {
  const filter = object(input, 'createdAt') ?? {}
  const after = moment(filter, 'after') ?? Number.NEGATIVE_INFINITY
  const before = moment(filter, 'before') ?? Number.POSITIVE_INFINITY
  const history = 90 * 24 * 3600 * 1000
  if (Number.isFinite(after) && after < ecs.clock.now() - history) {
    throw invalidParameter('createdAt must be within the last 90 days.')
  }
  if (before < after) throw invalidParameter('createdAt.before must not be earlier than createdAt.after.')
  return ({ createdAt }) => createdAt > after && createdAt < before
}
