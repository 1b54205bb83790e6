/** Findings about tasks that ECS does not even launch. */

export const noCapacity = {
  code: 'no-capacity',
  symptom: 'There is no capacity for the tasks',
  meaning:
    'AWS has no room for tasks of this size in the Availability Zones of the subnets at this moment, or the container instances of the cluster have none. ECS goes on trying.',
  cases: {
    fargate: {
      cause: 'AWS Fargate has no capacity for the tasks in the Availability Zones of {subnets}',
      remedy:
        'Wait and deploy again, or give the service subnets in further Availability Zones. Fargate Spot runs out more often: add FARGATE to the capacity providers as a base.',
    },
    instances: {
      cause: 'no container instance of the cluster has room for a task, or fits its requirements',
      remedy:
        'Add container instances, or lower cpu and memory of the task; the event names what is lacking. Fixed host ports allow one task per instance.',
    },
  },
} as const

export const taskLimit = {
  code: 'task-limit',
  symptom: 'The account may not run more tasks',
  meaning:
    'Service Quotas limit how many vCPUs run on Fargate at once in an account and Region, over all clusters. A rolling deployment needs up to maximumPercent of the tasks for a while.',
  cases: {
    vCpus: {
      cause: 'the account has reached its limit of vCPUs on AWS Fargate',
      remedy:
        'Ask for a higher quota (Service Quotas, AWS Fargate, On-Demand or Spot vCPU resource count), stop what is not needed, or lower maximumPercent of the service.',
    },
    tasks: {
      cause: 'the account has reached its limit of tasks that run at once',
      remedy:
        'Ask for a higher quota in Service Quotas, stop tasks that are not needed, or lower maximumPercent of the service.',
    },
    size: {
      cause: 'the task asks for more CPU or memory than the account may use',
      remedy: 'Lower cpu and memory of the task definition, or ask for a higher quota in Service Quotas.',
    },
    provisioning: {
      cause: 'the cluster has as many tasks in PROVISIONING as ECS allows (500)',
      remedy:
        'Wait until they have found a place; if they do not, the capacity provider of the cluster does not scale out.',
    },
    blocked: {
      cause: 'AWS has blocked the account',
      remedy: 'Look for mail from AWS and for open bills, and ask AWS Support.',
    },
  },
} as const

export const taskDefinitionInactive = {
  code: 'task-definition-inactive',
  symptom: 'The task definition was deregistered',
  meaning:
    'A service goes on running the tasks of a revision that was deregistered, but nothing new can be deployed with it, and it cannot be made ACTIVE again.',
  cases: {
    inactive: {
      cause: 'the task definition {definition} was deregistered (INACTIVE)',
      remedy:
        'Register it again, which makes a new revision, and deploy that: a file with the definition in the input task-definition does both. Keep whatever deregisters old revisions away from those in use.',
    },
  },
} as const
