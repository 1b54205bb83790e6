import type { Service } from '../../aws/ecs-model.ts'
import type { Finding } from '../finding.ts'

/**
 * Why a service cannot be deployed to with UpdateService at all; undefined when it can. `guide` is where to read how to move from
 * another controller.
 */
export function undeployable(
  {
    clusterName,
    deploymentController,
    name,
    status,
  }: Pick<Service, 'clusterName' | 'deploymentController' | 'name' | 'status'>,
  guide: string,
): Finding | undefined {
  const service = `the service ${name} in the cluster ${clusterName}`
  if (status !== 'ACTIVE') {
    return {
      code: 'service-inactive',
      cause: `${service} is ${status}`,
      remedy:
        'It was deleted, or is being deleted: check the inputs service and cluster, or create it again.',
      evidence: [],
    }
  }
  if (deploymentController === 'ECS') return undefined
  return {
    code: 'controller',
    cause: `${service} is deployed by the controller ${deploymentController}`,
    remedy: `This action deploys to services of the ECS controller. How to move there, and what to use until then: ${guide}`,
    evidence: [],
  }
}
