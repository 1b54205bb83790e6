import { stopped } from './texts.ts'

/*
 * What ECS says of tasks on container instances, where it is Docker that pulls and starts (ecs-model.md 1.3, 1.4, N). The task
 * itself says no more than that it failed to start; the words are in its container.
 */
const daemon = 'Error response from daemon:'

export const onInstances = {
  failed: 'Task failed to start',
  /** `message` as Fargate words it; `resolving` where the agent was about to find out the digest of a tag. */
  pull: (reference: string, message: string, resolving: boolean): string => {
    const missing = / not found$/.test(message)
    const unknown = 'manifest unknown: Requested image not found'
    // The agent's own test tells the two apart: amazon-ecs-agent, "TestInvalidImageInteg".
    if (resolving) return `CannotPullImageManifestError: ${daemon} ${missing ? unknown : message}`
    const detail = missing ? `manifest for ${reference} not found: ${unknown}` : message
    return `CannotPullContainerError: ${daemon} ${detail}`
  },
  start: (detail: string): string =>
    `CannotStartContainerError: ${daemon} failed to create task for container: ${detail}`,
  /** Docker starts its logging drivers with the container. Seen in cn-terraform/terraform-aws-nexus#35 and others. */
  logs: (fargate: string): string =>
    fargate === stopped.noLogGroup
      ? `CannotStartContainerError: ${daemon} failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.`
      : `CannotStartContainerError: ${daemon} failed to initialize logging driver: ${fargate.replace(/^ResourceInitializationError: failed to validate logger args: /, '')}`,
} as const
