import type { Task } from '../../aws/ecs-model.ts'
import type { TargetGroup } from '../../aws/elbv2.ts'
import { eventsSince, failedTasks, type Observed, ownTasks, type Scene } from './observed.ts'

/** How the load balancer's health checks of the deployment's tasks failed. */
export interface FailedProbe {
  /** AWS's sentence: `Health checks failed with these codes: [503]`; undefined where only the stopped reason tells. */
  said: string | undefined
  kind: 'codes' | 'timed-out' | 'unanswered' | 'unknown'
  /** The port that the target was registered with. */
  port: number | undefined
  targetGroupArn: string | undefined
  evidence: readonly string[]
}

/**
 * undefined when none failed. Tasks of others do not count, nor do own ones that ended by themselves: nobody is healthy after that.
 * Source: Application Load Balancer guide, "Target health reason codes".
 */
export function failedProbe(observed: Observed): FailedProbe | undefined {
  const tasks = ownTasks(observed).filter(({ stopCode }) => stopCode !== 'EssentialContainerExited')
  const looks = [...targetLooks(observed, tasks), ...eventLooks(observed, tasks)]
  const stopped = failedTasks(observed).flatMap(({ stoppedReason }) =>
    stoppedReason?.startsWith('Task failed ELB health checks') ? [stoppedReason] : [],
  )
  const evidence = [...new Set([...stopped, ...looks.map(({ text }) => text)])]
  if (evidence.length === 0) return undefined
  const [first] = looks.filter(({ said }) => said !== undefined).toSorted(byTelling)
  return {
    said: first?.said,
    kind: kindOf(first?.said ?? ''),
    port: first?.port,
    targetGroupArn: first?.arn ?? arnIn(stopped.join('')),
    evidence,
  }
}

function kindOf(said: string): FailedProbe['kind'] {
  if (said.includes('with these codes')) return 'codes'
  if (said.includes('timed out')) return 'timed-out'
  return said === 'Health checks failed' ? 'unanswered' : 'unknown'
}

const telling: readonly FailedProbe['kind'][] = ['codes', 'timed-out', 'unanswered', 'unknown']

/** A program that answers by now has only been starting when nobody did, so an answer tells more than none. */
function byTelling(one: Look, other: Look): number {
  const rank = ({ said = '' }: Look) => telling.indexOf(kindOf(said))
  return rank(one) - rank(other)
}

interface Look {
  said: string | undefined
  port: number | undefined
  arn: string | undefined
  text: string
}

function targetLooks({ targets }: Observed, tasks: readonly Task[]): Look[] {
  const addresses = new Set(tasks.flatMap(({ address }) => address ?? []))
  return targets
    .filter(({ id, state }) => state === 'unhealthy' && addresses.has(id))
    .map(({ description, id, port }) => ({
      said: description,
      port,
      arn: undefined,
      text: `target ${id}:${port}: ${description}`,
    }))
}

function eventLooks(observed: Observed, tasks: readonly Task[]): Look[] {
  const own = new Set(tasks.map(({ id }) => id))
  return eventsSince(observed).flatMap((text) => {
    const [, task = '', port] =
      /\(task (\S+)\) \(port (\d+)\) is unhealthy in \(target-group/.exec(text) ?? []
    if (!own.has(task)) return []
    const [, said] = /due to \(reason (.*)\)\.?$/.exec(text) ?? []
    return [{ said, port: port === undefined ? undefined : Number(port), arn: arnIn(text), text }]
  })
}

function arnIn(text: string): string | undefined {
  return /\(target-group (\S+?)\)/.exec(text)?.[1]
}

/** What a failed probe is about, as far as it is known. */
export interface ProbedPlace {
  container: string | undefined
  port: number | undefined
  group: TargetGroup | undefined
}

export function probedPlace({ service, targetGroups }: Scene, probe: FailedProbe): ProbedPlace {
  const balancer =
    service.loadBalancers.find(({ targetGroupArn }) => targetGroupArn === probe.targetGroupArn) ??
    service.loadBalancers.find(({ containerPort }) => containerPort === probe.port) ??
    service.loadBalancers[0]
  return {
    container: balancer?.containerName,
    port: probe.port ?? balancer?.containerPort,
    group: targetGroups.find(({ arn }) => arn === (probe.targetGroupArn ?? balancer?.targetGroupArn)),
  }
}
