/** Findings about tasks that run and do not pass their health checks. */

export const loadBalancerHealthCheck = {
  code: 'load-balancer-health-check',
  symptom: "Tasks do not pass the load balancer's health check",
  meaning:
    'The load balancer requests the health-check path of the target group from each task and wants a status that its matcher allows. ECS stops and replaces tasks that it calls unhealthy once their grace period is over.',
  cases: {
    codes: {
      cause:
        'the load balancer gets {codes} for {path} from port {port} of the tasks, where the matcher wants {matcher}',
      remedy:
        'Request that path from inside a task: the application has to answer it with a status that the matcher allows. Change the path or the matcher of the target group {group}, or the application.',
    },
    slow: {
      cause:
        'the tasks accept the health checks of the load balancer on port {port} and do not answer {path} within {timeout} s',
      remedy:
        'Find out what the application waits for there: a health check should not depend on what is slow. Otherwise raise the time-out of the health check of the target group {group}.',
    },
    refused: {
      cause:
        'the health checks of the load balancer for {path} on port {port} of the tasks fail without an answer',
      remedy:
        'The application has to listen on port {port} on all addresses (0.0.0.0), not only on the loopback address, and speak the protocol of the target group {group}. If it needs long to start, raise healthCheckGracePeriodSeconds of the service.',
    },
    plain: {
      cause: "the tasks do not pass the load balancer's health check",
      remedy:
        'Request the health-check path of the target group from inside a task and compare the status with its matcher; check the port on which the application listens, and the security group of the tasks.',
    },
    unknown: {
      cause: "the tasks do not pass the load balancer's health check: {said}",
      remedy:
        'Request the health-check path of the target group from inside a task and compare the status with its matcher; check the port on which the application listens, and the security group of the tasks.',
    },
  },
} as const

export const containerPort = {
  code: 'container-port',
  symptom: 'The container listens on another port than its port mapping',
  meaning:
    'The load balancer sends to the containerPort of the task definition. ECS publishes no ports: the application itself has to listen there. The port of the target group is only a default and plays no part.',
  cases: {
    exposed: {
      cause:
        'nothing accepts connections on containerPort {port} of container {container}, and its image {image} exposes {exposed}',
      remedy:
        'Let the application listen on {port}, or change containerPort in the port mapping and in the load balancer of the service to the port on which it listens.',
    },
    logged: {
      cause:
        'nothing accepts connections on containerPort {port} of container {container}, and its log says that it listens on port {listens}',
      remedy:
        'Let the application listen on {port}, or change containerPort in the port mapping and in the load balancer of the service to {listens}.',
    },
    loopback: {
      cause: 'container {container} listens on port {port} of the loopback address only, as its log says',
      remedy:
        'Let the application listen on all addresses (0.0.0.0 or ::): the load balancer comes in by the network interface of the task, which that address is not on.',
    },
  },
} as const

export const securityGroup = {
  code: 'security-group',
  symptom: 'The load balancer does not get through to the tasks',
  meaning:
    'A security group drops what it does not allow, so a health check that it keeps out is not refused but times out. The same group must let the health-check port in from the security group of the load balancer.',
  cases: {
    changed: {
      cause:
        'the load balancer gets no answer from the tasks on port {port}: their security groups {groups} differ from those of the tasks that it reaches ({others}), and do not let it in',
      remedy:
        'Allow TCP port {port} in {groups} from the security group of the load balancer, or give the service back the security groups that it had.',
    },
    closed: {
      cause:
        'the load balancer gets no answer from any task on port {port} ({said}): most likely their security groups {groups} do not let it in',
      remedy:
        'Allow TCP port {port} in {groups} from the security group of the load balancer. If that is so already, the application accepts connections and does not answer in time.',
    },
  },
} as const

export const gracePeriod = {
  code: 'grace-period',
  symptom: 'Tasks are stopped before they have started up',
  meaning:
    'From the end of healthCheckGracePeriodSeconds on, which is 0 unless it is set, ECS stops a task as soon as the load balancer calls it unhealthy, also when the application is still starting.',
  cases: {
    short: {
      cause:
        'the tasks are stopped before anything listens on port {port}: their health checks count from {grace} s after the start on',
      remedy:
        'Set healthCheckGracePeriodSeconds of the service above the time that the application needs to start. If it starts faster than that, it does not listen on port {port} on all addresses.',
    },
    startPeriod: {
      cause:
        'the tasks are stopped before anything listens on port {port}: their health checks count from {grace} s after the start on, and startPeriod of the container allows it {startPeriod} s',
      remedy:
        'Set healthCheckGracePeriodSeconds of the service to at least {startPeriod}: startPeriod holds for the health check of the container only, not for that of the load balancer.',
    },
  },
} as const

export const containerHealthCheck = {
  code: 'container-health-check',
  symptom: 'Tasks do not pass the health check of the container',
  meaning:
    'ECS runs healthCheck.command of the task definition inside the container, and stops a task whose essential container fails it as often as retries says. A HEALTHCHECK of the image does not count.',
  cases: {
    failing: {
      cause: 'the tasks do not pass the health check of the container in the task definition',
      remedy:
        'Run healthCheck.command inside the container: the program it calls (such as curl) must be in the image and end with 0. A program that starts slowly needs healthCheck.startPeriod.',
    },
    running: {
      cause: '{sick} of {running} running tasks are UNHEALTHY',
      remedy:
        'Run healthCheck.command inside such a task and read the log of its container; ECS replaces the task soon.',
    },
  },
} as const
