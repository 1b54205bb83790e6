import type { Service } from '../../aws/ecs-model.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { controller, serviceInactive } from '../diagnose/texts/preflight.ts'
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
  const service = { service: name, cluster: clusterName }
  if (status !== 'ACTIVE')
    return finding(serviceInactive, serviceInactive.cases.inactive, { ...service, status }, [])
  if (deploymentController === 'ECS') return undefined
  const values = { ...service, controller: deploymentController, guide }
  return finding(controller, controller.cases.other, values, [])
}
