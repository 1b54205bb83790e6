import { optionalText, text, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { Ecs } from '../ecs-context.ts'
import { serviceDeploymentView } from '../views/service-deployment-view.ts'
import { serviceRevisionView } from '../views/service-revision-view.ts'
import { findServiceDeployment, findServiceRevision } from './find-service-deployment.ts'
import { checkLength, invalidParameter, missing } from './refusals.ts'

/** DescribeServiceDeployments: at most 20 ARNs; one that is known is shown at once, however new it is. */
export function describeServiceDeployments(ecs: Ecs, input: JsonObject): JsonObject {
  const arns = textList(input, 'serviceDeploymentArns')
  checkLength(arns, 'Service deployment ARNs', 20)
  const serviceDeployments: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const arn of arns) {
    const found = findServiceDeployment(ecs, arn)
    if (found) serviceDeployments.push(serviceDeploymentView(found.service, found.item))
    else failures.push(missing(arn))
  }
  return { serviceDeployments, failures }
}

/** DescribeServiceRevisions: at most 20 ARNs. */
export function describeServiceRevisions(ecs: Ecs, input: JsonObject): JsonObject {
  const arns = textList(input, 'serviceRevisionArns')
  checkLength(arns, 'Service revision ARNs', 20)
  const serviceRevisions: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const arn of arns) {
    const found = findServiceRevision(ecs, arn)
    if (found) serviceRevisions.push(serviceRevisionView(found.service, found.item))
    else failures.push(missing(arn))
  }
  return { serviceRevisions, failures }
}

/**
 * StopServiceDeployment: rolls back what is not finished; one that is stopping or rolling back already goes on as it was
 * (ecs-model.md 5.5).
 */
export function stopServiceDeployment(ecs: Ecs, input: JsonObject): JsonObject {
  const arn = text(input, 'serviceDeploymentArn')
  const stopType = optionalText(input, 'stopType') ?? 'ROLLBACK'
  if (stopType !== 'ROLLBACK')
    throw invalidParameter(`Invalid stopType: ${stopType}. Valid values are: ROLLBACK`)
  const found = findServiceDeployment(ecs, arn)
  if (!found) {
    throw new ServiceError('ServiceDeploymentNotFoundException', 'The service deployment does not exist.')
  }
  const { service, item } = found
  switch (item.status) {
    case 'PENDING':
    case 'IN_PROGRESS':
      ecs.scheduler.rollBack(service, item)
      break
    case 'STOP_REQUESTED':
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      break
    case 'SUCCESSFUL':
    case 'STOPPED':
    case 'ROLLBACK_SUCCESSFUL':
    case 'ROLLBACK_FAILED':
      throw new ServiceError('ConflictException', 'The service deployment is in a terminal state.', 400, {
        resourceIds: [arn],
      })
  }
  return { serviceDeploymentArn: arn }
}
