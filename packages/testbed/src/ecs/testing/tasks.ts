import type { Service, Task } from '../model.ts'

/** Puts a running task of the service's newest deployment into the cluster; `changes` make it any other task. */
export function addTask(service: Service, id: string, at: number, changes: Partial<Task> = {}): Task {
  const [deployment] = service.deployments
  if (!deployment) throw new Error('the service has no deployment')
  const arn = `${service.cluster.arn.replace(':cluster/', ':task/')}/${id}`
  const task: Task = {
    arn,
    id,
    startedBy: deployment.id,
    group: `service:${service.name}`,
    service,
    taskDefinition: deployment.taskDefinition,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    countedHealthy: false,
    subnet: 'subnet-1',
    address: '127.1.2.3',
    containers: [
      {
        arn: `${arn.replace(':task/', ':container/')}/c1`,
        name: 'web',
        image: 'nginx:1',
        imageDigest: 'sha256:abc',
        runtimeId: `${id}-1`,
        lastStatus: 'RUNNING',
        healthStatus: 'UNKNOWN',
        essential: true,
      },
    ],
    version: 3,
    createdAt: at,
    ...changes,
  }
  service.cluster.tasks.set(id, task)
  return task
}
