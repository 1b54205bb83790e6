import { optionalText, text, textList } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import { lastName, taskArn } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Cluster, Service, Task } from '../model.ts'
import { isFargate } from '../views/compute-view.ts'
import { taskView } from '../views/task-view.ts'
import { findCluster } from './find-cluster.ts'
import { serviceIn } from './find-service.ts'
import { pageOf } from './page.ts'
import { checkLength, invalidParameter, missing, notModelled } from './refusals.ts'

/** ListTasks: ARNs, 100 a page. The filters add up, except `startedBy`, which must be alone; RUNNING is what is desired by default. */
export function listTasks(ecs: Ecs, input: JsonObject): JsonObject {
  const cluster = findCluster(ecs, input)
  const given = optionalText(input, 'serviceName')
  const service = given === undefined ? undefined : serviceIn(ecs.place, cluster, given)
  const matches = taskFilter(input, service)
  const arns = [...cluster.tasks.values()].filter(matches).map(({ arn }) => arn)
  const { page, nextToken } = pageOf(arns, input, 100)
  return present({ taskArns: page, nextToken })
}

function taskFilter(input: JsonObject, service: Service | undefined): (task: Task) => boolean {
  const family = optionalText(input, 'family')
  const startedBy = optionalText(input, 'startedBy')
  const launchType = optionalText(input, 'launchType')
  const desiredStatus = optionalText(input, 'desiredStatus') ?? 'RUNNING'
  if (optionalText(input, 'containerInstance')) throw notModelled('container instances')
  if (!['RUNNING', 'PENDING', 'STOPPED'].includes(desiredStatus))
    throw invalidParameter('Invalid desired status.')
  const others = [service, family, launchType, optionalText(input, 'desiredStatus')]
  if (startedBy !== undefined && others.some((filter) => filter !== undefined)) {
    throw invalidParameter('startedBy must be the only filter.')
  }
  return (task) =>
    task.desiredStatus === desiredStatus &&
    (service === undefined || task.service === service) &&
    (family === undefined || task.taskDefinition.family === family) &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (launchType === undefined || (isFargate(task.service.raw) ? 'FARGATE' : 'EC2') === launchType)
}

function findTask(ecs: Ecs, cluster: Cluster, given: string): Task | undefined {
  const found = lastName(ecs.place, 'task', given)
  if (!found || (found.cluster !== undefined && found.cluster !== cluster.name)) return undefined
  return cluster.tasks.get(found.name)
}

/** DescribeTasks: at most 100 ids or ARNs; those that are unknown or stopped too long ago are failures. */
export function describeTasks(ecs: Ecs, input: JsonObject): JsonObject {
  const cluster = findCluster(ecs, input)
  const given = textList(input, 'tasks')
  checkLength(given, 'Tasks', 100)
  const tasks: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const entry of given) {
    const task = findTask(ecs, cluster, entry)
    if (task) tasks.push(taskView(ecs, task))
    else failures.push(missing(entry.startsWith('arn:') ? entry : taskArn(ecs.place, cluster.name, entry)))
  }
  return { tasks, failures }
}

/** StopTask: a task that is stopping or stopped already is answered as it is. */
export function stopTask(ecs: Ecs, input: JsonObject): JsonObject {
  const cluster = findCluster(ecs, input)
  const task = findTask(ecs, cluster, text(input, 'task'))
  if (!task) throw invalidParameter('The referenced task was not found.')
  const reason = optionalText(input, 'reason')
  if (task.desiredStatus === 'RUNNING') ecs.scheduler.stopTask(task, reason)
  return { task: taskView(ecs, task) }
}
