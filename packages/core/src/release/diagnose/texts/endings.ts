/** Findings about how a deployment ended, which do not say why. */

export const alarm = {
  code: 'alarm',
  symptom: 'A deployment alarm fired',
  meaning:
    'The service has deployment alarms: when one of them goes into ALARM during a deployment, ECS fails the deployment, also when all tasks are healthy.',
  cases: {
    fired: {
      cause: 'ECS failed the deployment because of the deployment alarm {alarms}',
      remedy:
        'Look at the metric of the alarm since the deployment began, and at the log of the new tasks: they ran, and did worse than the alarm allows.',
    },
    unnamed: {
      cause: 'ECS failed the deployment because of one of its deployment alarms',
      remedy:
        'See which of the deployment alarms of the service went into ALARM since the deployment began, and look at its metric and at the log of the new tasks.',
    },
  },
} as const

export const circuitBreaker = {
  code: 'circuit-breaker',
  symptom: 'The circuit breaker ended the deployment',
  meaning:
    'As many tasks failed as the deployment circuit breaker of the service bears: half of the desired count, at least 3 and at most 200, unless it is configured otherwise. It says that tasks failed, not why.',
  cases: {
    tripped: {
      cause: 'the circuit breaker ended the deployment after {count} failed tasks (threshold {threshold})',
      remedy: 'Mend what made the tasks fail, then deploy again.',
    },
  },
} as const

export const noRollbackCandidate = {
  code: 'no-rollback-candidate',
  symptom: 'ECS could not roll back',
  meaning:
    'ECS rolls back to the last deployment that has completed. The first deployment of a service has none before it, and a deployment that is being rolled back to counts again only when that has completed.',
  cases: {
    none: {
      cause:
        'ECS found no completed deployment to roll back to: there has been none, or the rollback before has not completed',
      remedy:
        'ECS starts no more tasks of this deployment and leaves the others alone: deploy a revision that works.',
    },
  },
} as const

export const failedBeforeText = {
  code: 'failed-before',
  symptom: 'Nothing was deployed, and the deployment before had failed',
  meaning:
    'UpdateService starts no deployment of what the service is meant to run already, also where that deployment has failed; and ECS launches no tasks for one that has failed.',
  cases: {
    same: {
      cause:
        'nothing was deployed, as the service has {definition} already, and its deployment {deployment} had failed before this run',
      remedy:
        'Once what made it fail is mended, set force-new-deployment: true, which deploys it anew. The cause is told by the run that started it.',
    },
  },
} as const

export const unknownFailure = {
  code: 'unknown-failure',
  symptom: 'The deployment failed for a reason that is not listed here',
  meaning: "What was seen fits none of the known causes. The step shows ECS's own words.",
  cases: {
    reason: {
      cause: '{reason}',
      remedy:
        "Look at the stopped tasks, the events and the log below, and at the service's Deployments and Events pages in the console.",
    },
    none: {
      cause: 'ECS gives no reason',
      remedy:
        "Look at the stopped tasks, the events and the log below, and at the service's Deployments and Events pages in the console.",
    },
  },
} as const

export const earlyFailureText = {
  code: 'early-failure',
  symptom: 'Tasks failed alike again and again',
  meaning:
    'Several tasks of the deployment failed in the same way before any had been healthy, so the step did not wait for the rest. The finding above it says why they failed.',
  cases: {
    alike: {
      cause: '{count} tasks failed alike before any had been healthy, so the rest of the wait was saved',
      remedy:
        'Mend what makes the tasks fail. The input early-failure says how many such failures are enough; off waits for the time-out.',
    },
  },
} as const

export const supersededText = {
  code: 'superseded',
  symptom: 'Another deployment took over',
  meaning:
    'Somebody deployed to the service while this deployment went on, and ECS stopped it for the newer one; or while it was still to be proven what runs.',
  cases: {
    newer: {
      cause: '{deployment} took over before this deployment had ended and was proven',
      remedy:
        'Look at the run that started it; use a concurrency group so that deployments of one service wait for each other.',
    },
  },
} as const

export const timedOutText = {
  code: 'timed-out',
  symptom: 'The deployment did not end in time',
  meaning:
    'The input timeout was over before ECS had ended the deployment. Where tasks fail without a circuit breaker, ECS tries for ever.',
  cases: {
    late: {
      cause: 'the deployment had not ended {time} after it was started',
      remedy:
        'Raise the input timeout if it was only slow: ECS goes on with it. The deployment circuit breaker of the service, if it is off, would end a deployment whose tasks fail.',
    },
  },
} as const
