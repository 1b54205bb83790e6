import { ActionError, type Service } from '@ecs-release/core'

type Checked = Pick<Service, 'clusterName' | 'deploymentController' | 'name' | 'status'>

/** Throws, before anything is written, for a service that cannot be deployed to with UpdateService. */
export function assertDeployable({ clusterName, deploymentController, name, status }: Checked): void {
  const service = `The service ${name} in the cluster ${clusterName}`
  if (status !== 'ACTIVE') {
    throw new ActionError('rejected', `${service} is ${status}`, {
      hint: 'It was deleted, or is being deleted: check the inputs service and cluster, or create it again.',
    })
  }
  if (deploymentController !== 'ECS') {
    throw new ActionError('rejected', `${service} is deployed by the controller ${deploymentController}`, {
      hint: 'This action deploys to services of the ECS controller (rolling updates).',
    })
  }
}
