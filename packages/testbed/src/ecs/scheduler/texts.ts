/* What ECS says about a stopped task, a deployment and a service deployment (ecs-model.md 1.3, 1.4, 3.7, 5.6). */

export const stopped = {
  essentialExit: 'Essential container in task exited',
  byUser: 'Task stopped by user',
  containerHealth: 'Task failed container health checks',
  targetHealth: (targetGroupArn: string): string =>
    `Task failed ELB health checks in (target-group ${targetGroupArn})`,
  scaling: (deployment: string): string => `Scaling activity initiated by (deployment ${deployment})`,
  pull: (detail: string): string => `CannotPullContainerError: ${detail}`,
  start: (detail: string): string =>
    `CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: ${detail}`,
  interfaceTimeout: 'Timeout waiting for network interface provisioning to complete.',
  noFreeAddress: (subnet: string, publicAddress: boolean): string =>
    `Unexpected EC2 error while attempting to Create Network Interface with public IP assignment ${publicAddress ? 'enabled' : 'disabled'} in subnet '${subnet}': InsufficientFreeAddressesInSubnet`,
  noLogGroup:
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
  noLogRegion:
    'ResourceInitializationError: failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required',
} as const

export const rollout = {
  inProgress: (id: string): string => `ECS deployment ${id} in progress.`,
  completed: (id: string): string => `ECS deployment ${id} completed.`,
  failed: 'ECS deployment circuit breaker: tasks failed to start.',
  // What ECS says of a rollout that an alarm failed is not established.
  failedByAlarm: 'ECS deployment failed: alarm detected.',
  rollingBack: (id: string): string => `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
} as const

export const statusReason = {
  breaker: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
  alarms: 'Service deployment rolled back because of one or more active alarms.',
  user: 'Service deployment rolled back by user.',
  noCandidate: 'No rollback candidate was found to run the rollback.',
} as const
