import { formatArn, parseArn } from '../../aws/arn.ts'
import type { Deployment, Service } from '../../aws/ecs-model.ts'

/** The deployment that the service is meant to run. */
export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments.find(({ status }) => status === 'PRIMARY')
}

/** `ecs-svc/N` → `N` */
export function numberOf(deploymentId: string): string {
  return deploymentId.slice(deploymentId.lastIndexOf('/') + 1)
}

/** Whether a service revision ARN, which ends in `/N`, belongs to the deployment `ecs-svc/N`. */
export function belongsTo(serviceRevisionArn: string, deploymentId: string): boolean {
  return serviceRevisionArn.endsWith(`/${numberOf(deploymentId)}`)
}

/** The ARN of the revision that a deployment runs, for deployments that the history no longer lists. */
export function revisionArnOf(service: Service, deploymentId: string): string {
  const arn = parseArn(service.arn)
  const resource = `service-revision/${service.clusterName}/${service.name}/${numberOf(deploymentId)}`
  return arn === undefined ? resource : formatArn({ ...arn, resource })
}
