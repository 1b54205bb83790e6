import type { ServiceRevision, Task } from '../../aws/ecs-model.ts'
import type { Finding, FindingCode } from '../finding.ts'
import { type Expectation, withDigest } from './expected.ts'
import { mismatch, wrongDigest } from './mismatch.ts'
import type { Judgement, Proof, TaskDigests } from './proof.ts'

export interface Evidence {
  deploymentId: string
  taskDefinitionArn: string
  expected: readonly Expectation[]
  revision: ServiceRevision
  /** The service's desired count. */
  desired: number
  /** All tasks of the service that are meant to run. */
  tasks: readonly Task[]
  /**
   * How many tasks of other deployments ECS still counts as running. It asks an old task to stop and calls the deployment
   * successful; until the task has drained and stopped it may answer users, and no list of tasks meant to run has it.
   */
  othersRunning: number
}

/**
 * Judges one look at the running tasks. What cannot change any more is final: another digest, another task definition,
 * nothing to run. Everything else may still become right.
 */
export function judge(evidence: Evidence): Judgement {
  const { desired, expected, revision, taskDefinitionArn } = evidence
  const running = evidence.tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING')
  const ours = runningTasks(evidence)
  const tasks = ours.map((task) => digestsOf(task, expected))
  const final = (proof: Proof): Judgement => ({ kind: 'final', proof })
  if (revision.taskDefinitionArn !== taskDefinitionArn) {
    const cause = `the service revision runs the task definition ${revision.taskDefinitionArn}, not ${taskDefinitionArn}`
    return final({ kind: 'mismatch', tasks, finding: mismatch(cause, [revision.arn]) })
  }
  if (desired === 0) return final({ kind: 'not-provable', tasks, finding: nothingRuns })
  const wrong = wrongDigest(expected, revision, tasks)
  if (wrong !== undefined) return final({ kind: 'mismatch', tasks, finding: wrong })
  const open = openPoint(evidence, ours, running, tasks)
  if (open === undefined) {
    const unproven = expected.filter((each) => isOpen(each, tasks)).map(({ container }) => container)
    const containers = withDigest(expected, tasks).filter(({ container }) => !unproven.includes(container))
    return final({ kind: 'proven', containers, tasks, unproven })
  }
  // With all tasks running, a digest that ECS does not report now will hardly come later.
  const silent = open.code === 'digest-not-provable' && ours.length >= desired
  const proof: Proof = { kind: 'not-provable', tasks, finding: open }
  return { kind: 'not-yet', waitingFor: open.cause, patience: silent ? 10_000 : 120_000, proof }
}

/** The first thing that keeps the look from being a proof, or undefined. */
function openPoint(
  { desired, deploymentId, expected, othersRunning }: Evidence,
  ours: readonly Task[],
  running: readonly Task[],
  tasks: readonly TaskDigests[],
): Finding | undefined {
  const old = running.filter(({ startedBy }) => startedBy !== deploymentId)
  if (ours.length < desired) {
    return open(
      'digest-not-provable',
      `only ${ours.length} of ${desired} tasks of ${deploymentId} are running`,
      ids(ours),
    )
  }
  const sick = ours.filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')
  if (sick.length > 0) {
    return open(
      'container-health-check',
      `${sick.length} of ${ours.length} running tasks are UNHEALTHY`,
      ids(sick),
    )
  }
  const silent = expected.find((each) => each.required && isOpen(each, tasks))
  if (silent !== undefined) {
    const who = silent.digest === undefined ? 'the service revision' : 'every task'
    return open(
      'digest-not-provable',
      `ECS reports no digest of ${who} for container ${silent.container} (${silent.image})`,
      ids(ours),
    )
  }
  const remaining = Math.max(old.length, othersRunning)
  if (remaining === 0) return undefined
  const still =
    remaining === 1
      ? '1 task of an earlier deployment still runs'
      : `${remaining} tasks of an earlier deployment still run`
  return open('old-tasks-remain', still, ids(old))
}

/** The running tasks of the deployment. */
export function runningTasks({ deploymentId, tasks }: Pick<Evidence, 'deploymentId' | 'tasks'>): Task[] {
  return tasks.filter(({ lastStatus, startedBy }) => lastStatus === 'RUNNING' && startedBy === deploymentId)
}

/** Whether a container's digest is not known for the revision or not reported by some task. */
function isOpen({ container, digest }: Expectation, tasks: readonly TaskDigests[]): boolean {
  return digest === undefined || tasks.some(({ digests }) => digests[container] === undefined)
}

function digestsOf(task: Task, expected: readonly Expectation[]): TaskDigests {
  const digests = expected.map(({ container }) => [
    container,
    task.containers.find(({ name }) => name === container)?.imageDigest,
  ])
  return { task: task.id, digests: Object.fromEntries(digests) }
}

function ids(tasks: readonly Task[]): string[] {
  return tasks.map(({ id, startedBy }) => `task ${id} of ${startedBy ?? 'nobody'}`)
}

const nothingRuns: Finding = {
  code: 'desired-count-zero',
  cause: 'the desired count is 0, so nothing runs that could be looked at',
  remedy: 'Set the input desired-count, or let auto scaling raise the count, and deploy again.',
  evidence: [],
}

const remedies: Readonly<Partial<Record<FindingCode, string>>> = {
  'digest-not-provable':
    'Look at the service in the console: tasks may still be starting or have stopped. Where a digest is missing, give the image by digest (repository@sha256:…) and leave versionConsistency on.',
  'container-health-check':
    'Read the log of the container below and run its health-check command inside it; ECS replaces such a task soon.',
  'old-tasks-remain':
    'They usually drain connections: shorten deregistration_delay.timeout_seconds of the target group or stopTimeout of the container, or deploy again later.',
}

function open(code: FindingCode, cause: string, evidence: readonly string[]): Finding {
  return { code, cause, remedy: remedies[code] ?? '', evidence }
}
