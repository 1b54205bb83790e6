import type { Service } from '../model.ts'
import { reaches, serviceDeploymentEdges, taskEdges } from './edges.ts'
import { limits } from './limits.ts'
import { type ServiceSnapshot, serving, type TaskSnapshot } from './snapshot.ts'

/**
 * What must hold after every step of the scheduler, whatever the tasks do; throws naming what does not.
 * Failing tasks may bring a service below its minimum; the scheduler's own choice may not.
 */
export function checkInvariants(service: Service, before: ServiceSnapshot, after: ServiceSnapshot): void {
  const problems = [
    ...onePrimary(after),
    ...countsAddUp(after),
    ...withinMaximum(service, before, after),
    ...withinMinimum(service, before, after),
    ...taskMoves(before, after),
    ...deploymentMoves(before, after),
  ]
  if (problems.length > 0) throw new Error(`service ${service.name}: ${problems.join('; ')}`)
}

function onePrimary({ status, deployments }: ServiceSnapshot): string[] {
  if (status !== 'ACTIVE') return []
  const primaries = deployments.filter((deployment) => deployment.status === 'PRIMARY').length
  if (primaries !== 1) return [`${primaries} PRIMARY deployments`]
  return deployments[0]?.status === 'PRIMARY' ? [] : ['the PRIMARY deployment is not the first']
}

/** Every task that is not STOPPED belongs to a deployment of the list, so that the deployments' counts add up to the service's. */
function countsAddUp({ deployments, tasks, events, status }: ServiceSnapshot): string[] {
  const listed = new Set(deployments.map(({ id }) => id))
  const strays = [...tasks].filter(([, task]) => task.status !== 'STOPPED' && !listed.has(task.deployment))
  const problems = strays.map(([id]) => `task ${id} belongs to no deployment`)
  if (status === 'INACTIVE' && strays.length > 0) problems.push('an INACTIVE service has tasks')
  if (listed.size !== deployments.length) problems.push('a deployment is listed twice')
  if (events > 100) problems.push(`${events} events`)
  return problems
}

/** A smaller desired count or percentage may leave too many tasks for a while, but none may be added then. */
function withinMaximum(service: Service, before: ServiceSnapshot, after: ServiceSnapshot): string[] {
  const isNew = [...after.tasks.keys()].some((id) => !before.tasks.has(id))
  const { maximum } = limits(service.desiredCount, service)
  const count = [...after.tasks.values()].filter(({ desired }) => desired === 'RUNNING').length
  return isNew && count > maximum ? [`${count} tasks running or pending, the maximum is ${maximum}`] : []
}

function withinMinimum(service: Service, before: ServiceSnapshot, after: ServiceSnapshot): string[] {
  const { minimum } = limits(service.desiredCount, service)
  const taken = [...after.tasks].filter(([id, task]) => isTaken(before.tasks.get(id), task))
  const left = [...after.tasks.values()].filter(serving).length
  return taken.length > 0 && left < minimum
    ? [`${taken.length} healthy tasks let go, ${left} are left, the minimum is ${minimum}`]
    : []
}

/** Whether the scheduler took a healthy task out of service in this step by its own choice. */
function isTaken(before: TaskSnapshot | undefined, after: TaskSnapshot): boolean {
  if (!before || before.desired === 'STOPPED' || before.draining || !after.healthy) return false
  return after.draining || (after.desired === 'STOPPED' && after.stopCode === 'ServiceSchedulerInitiated')
}

function taskMoves(before: ServiceSnapshot, after: ServiceSnapshot): string[] {
  return [...after.tasks].flatMap(([id, task]) => {
    const old = before.tasks.get(id)
    if (!old) return task.status === 'PROVISIONING' ? [] : [`task ${id} began as ${task.status}`]
    if (!reaches(taskEdges, old.status, task.status))
      return [`task ${id} went from ${old.status} to ${task.status}`]
    return old.desired === 'STOPPED' && task.desired === 'RUNNING' ? [`task ${id} is wanted again`] : []
  })
}

function deploymentMoves(before: ServiceSnapshot, after: ServiceSnapshot): string[] {
  return [...after.serviceDeployments].flatMap(([arn, status]) => {
    const old = before.serviceDeployments.get(arn)
    if (!old) return status === 'PENDING' ? [] : [`${arn} began as ${status}`]
    return reaches(serviceDeploymentEdges, old, status) ? [] : [`${arn} went from ${old} to ${status}`]
  })
}
