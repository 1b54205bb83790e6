/** Findings about a service and a task definition that cannot be deployed, before anything is written. */

export const serviceInactive = {
  code: 'service-inactive',
  symptom: 'The service is not ACTIVE',
  meaning: 'ECS still describes a service for a while after it was deleted, and takes no deployment for it.',
  cases: {
    inactive: {
      cause: 'the service {service} in the cluster {cluster} is {status}',
      remedy:
        'It was deleted, or is being deleted: check the inputs service and cluster, or create it again.',
    },
  },
} as const

export const controller = {
  code: 'controller',
  symptom: 'The service has another deployment controller',
  meaning:
    'UpdateService deploys to services of the controller ECS. Those of CODE_DEPLOY and EXTERNAL are deployed by other calls.',
  cases: {
    other: {
      cause: 'the service {service} in the cluster {cluster} is deployed by the controller {controller}',
      remedy:
        'This action deploys to services of the ECS controller. How to move there, and what to use until then: {guide}.',
    },
  },
} as const

export const deploymentInProgressText = {
  code: 'deployment-in-progress',
  symptom: 'Another deployment of the service is in progress',
  meaning:
    'A service has one deployment at a time: a new one stops the other. So the step waits for it, refuses to deploy, or takes its place, as the input concurrency says.',
  cases: {
    refused: {
      cause: 'another deployment is in progress: {deployment}',
      remedy:
        'Run the step again when it has ended. concurrency: wait does that by itself, and a concurrency group of the workflow lets runs wait for each other.',
    },
    waited: {
      cause: 'another deployment is in progress: {deployment}, and had not ended after {time}',
      remedy:
        'Look at what it waits for: without the deployment circuit breaker of the service, a deployment whose tasks fail never ends. concurrency: supersede stops it.',
    },
  },
} as const

export const portMapping = {
  code: 'port-mapping',
  symptom: 'The load balancer would not find the container',
  meaning:
    'The service names the container and the port that its load balancers send requests to. UpdateService refuses a task definition without them.',
  cases: {
    container: {
      cause:
        'the service sends requests to container {container}, and the task definition has only {containers}',
      remedy:
        'Give the container this name and a portMapping with this containerPort in the task definition, or change containerName and containerPort in the loadBalancers of the service.',
    },
    port: {
      cause:
        'the service sends requests to port {port} of container {container}, whose portMappings have {ports}',
      remedy:
        'Give the container this name and a portMapping with this containerPort in the task definition, or change containerName and containerPort in the loadBalancers of the service.',
    },
  },
} as const

export const targetType = {
  code: 'target-type',
  symptom: 'The target group takes targets of another type',
  meaning: 'A task in network mode awsvpc has an address of its own, and is registered by that.',
  cases: {
    instance: {
      cause:
        'the target group {group} takes targets of type {type}, and tasks in network mode awsvpc are of type ip',
      remedy:
        'Create a target group with the target type ip (in Terraform target_type = "ip"), as the type of one cannot be changed, and put it into the listener and the service.',
    },
  },
} as const

export const healthCheckPort = {
  code: 'health-check-port',
  symptom: 'The health check asks a port that nobody listens on',
  meaning:
    'A target group with a fixed health-check port asks that one of every task. Where no container has it, no task ever becomes healthy.',
  cases: {
    fixed: {
      cause:
        'the health check of the target group {group} asks port {fixed}, and the task listens on port {port} of container {container}: no portMapping has {fixed}',
      remedy:
        'Set the health-check port of the target group to traffic-port, or to {port}. Should a container answer health checks on port {fixed}, give it a portMapping for that.',
    },
  },
} as const

export const executionRoleMissing = {
  code: 'execution-role-missing',
  symptom: 'The task definition has no execution role',
  meaning:
    'The execution role is what ECS itself uses to pull images, write logs and read secrets before a container starts.',
  cases: {
    absent: {
      cause: 'the task definition has no executionRoleArn, and {reasons}',
      remedy:
        'Set executionRoleArn to a role that ecs-tasks.amazonaws.com may assume, with the policy AmazonECSTaskExecutionRolePolicy and the right to read the secrets.',
    },
  },
} as const

export const cannotRoll = {
  code: 'cannot-roll',
  symptom: 'The deployment can neither stop an old task nor start a new one',
  meaning:
    'ECS rounds minimumHealthyPercent of the desired count up and maximumPercent down. Where both come to the desired count itself, a deployment waits for ever.',
  cases: {
    replica: {
      cause:
        'with minimumHealthyPercent {minimumPercent} and maximumPercent {maximumPercent} a deployment of {count} can never begin: at least {minimum} must stay healthy, and at most {maximum} may run',
      remedy:
        'In the deployment configuration of the service set maximumPercent to {raised} or more, so that one more may start first, or minimumHealthyPercent to {lowered}, so that one task may stop first.',
    },
    daemon: {
      cause:
        'with minimumHealthyPercent {minimumPercent} and maximumPercent {maximumPercent} a deployment of {count} can never begin: at least {minimum} must stay healthy, and at most {maximum} may run',
      remedy:
        'In the deployment configuration of the service set minimumHealthyPercent to {lowered}, so that one task may stop first.',
    },
  },
} as const

export const daemonCount = {
  code: 'daemon-count',
  symptom: 'A DAEMON service has no desired count',
  meaning: 'ECS runs one task of a DAEMON service on each container instance of the cluster.',
  cases: {
    given: {
      cause:
        'desired-count is {count}, and {service} is a DAEMON service, whose count is that of the container instances',
      remedy: 'Leave the input desired-count out, or change how many container instances the cluster has.',
    },
  },
} as const

export const credentialsTooShort = {
  code: 'credentials-too-short',
  symptom: 'The credentials end before the deployment could',
  meaning:
    'The session of a role has an end. A deployment goes on after it, and nobody would follow it, prove it or roll it back.',
  cases: {
    ended: {
      cause: 'the credentials have ended',
      remedy:
        'Raise role-duration-seconds of aws-actions/configure-aws-credentials (and the maximum session duration of the role), or run it again right before this step.',
    },
    ending: {
      cause: 'the credentials end in {left}, before any deployment could',
      remedy:
        'Raise role-duration-seconds of aws-actions/configure-aws-credentials (and the maximum session duration of the role), or run it again right before this step.',
    },
  },
} as const
