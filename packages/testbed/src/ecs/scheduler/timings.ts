/**
 * How long the steps of ECS take, in seconds of AWS time. The figures are means of what was measured on Fargate
 * (ecs-model.md 1.2, 3.5, 9) and are all assumptions of the testbed where AWS documents none.
 */
export interface Timings {
  /** From one look of the service scheduler at a service to the next. */
  pass: number
  /** From a new deployment to its first task. */
  firstStart: number
  /** PENDING of a service deployment. */
  deploymentPending: number
  /** From a request to stop a service deployment, or a newer one, to what it leads to. */
  deploymentStop: number
  /** PROVISIONING: the task's network interface. */
  provisioning: number
  /** Until ECS gives a network interface up that does not become available. */
  provisioningTimeout: number
  /** Until a task's secrets or its registry token count as not to be had, with all retries. */
  failedInitialization: number
  /** PENDING: waiting for capacity. */
  placing: number
  pull: number
  /** From the pull's end to RUNNING. */
  activating: number
  /** From the pull's begin until ECS gives the image up. Its retries can take 6 minutes; the shortest seen is the default. */
  failedPull: number
  /** From the decision to stop a task that runs until it leaves RUNNING: the order has to reach where it runs. */
  stopOrder: number
  /** DEACTIVATING of a task behind one target group, between leaving it and SIGTERM. */
  deactivating: number
  /** Bake time of a deployment with alarms that sets none. */
  bake: number
  /** From the last container's exit to STOPPED. */
  deprovisioning: number
  /** The same for a task that never ran. */
  neverRanDeprovisioning: number
  /** How long a task without any health check has to run to count as healthy (Developer Guide, "Amazon ECS deployment circuit breaker"). */
  healthyWithoutChecks: number
  /** Waits before launches of a deployment after its 1st, 2nd, … failure in a row to reach RUNNING; then doubling. */
  launchDelays: readonly number[]
  /** Where doubling ends (Developer Guide, "Amazon ECS service throttle logic": 27 minutes). */
  launchDelayMaximum: number
  /** Between two reports that nothing has changed: a steady state, or a condition that still holds. */
  eventRepeat: number
  /** How long a stopped task can still be listed and described: AWS promises at least an hour, the testbed gives no more. */
  stoppedTaskRetention: number
  /** Adds jitter to every step that the scheduler waits for; by default none, so that runs repeat. */
  vary: (seconds: number) => number
}

export const defaultTimings: Timings = {
  pass: 12,
  firstStart: 20,
  deploymentPending: 0.1,
  deploymentStop: 0.3,
  provisioning: 10,
  provisioningTimeout: 180,
  failedInitialization: 20,
  placing: 10,
  pull: 4,
  activating: 2,
  // 20 s before the pull + 25 s + 45 s to STOPPED make the 90 s of ecs-model.md 9.
  failedPull: 25,
  // An old task was still RUNNING when its service deployment was SUCCESSFUL (ecs-model.md 3.6); by how much is assumed.
  stopOrder: 3,
  deactivating: 1,
  bake: 180,
  deprovisioning: 23,
  neverRanDeprovisioning: 45,
  healthyWithoutChecks: 40,
  launchDelays: [30, 30, 300],
  launchDelayMaximum: 27 * 60,
  eventRepeat: 6 * 60 * 60,
  stoppedTaskRetention: 60 * 60,
  vary: (seconds) => seconds,
}
