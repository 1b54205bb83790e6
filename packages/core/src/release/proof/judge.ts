import type { ServiceRevision, Task } from '../../aws/ecs-model.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { containerHealthCheck } from '../diagnose/texts/health.ts'
import { desiredCountZero, digestNotProvable, oldTasksRemain } from '../diagnose/texts/proof.ts'
import type { Finding } from '../finding.ts'
import { type Expectation, indispensable, withDigest } from './expected.ts'
import { wrongDefinition, wrongDigest } from './mismatch.ts'
import type { Judgement, OpenPoint, Proof, TaskDigests } from './proof.ts'
import { unlisted, unlistedFinding } from './unlisted.ts'

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
  /** How long tasks that are missing are waited for, if that is more than two minutes. Milliseconds. */
  startingFor: number
}

/**
 * Judges one look at the running tasks. What cannot change any more is final: another digest, another task definition,
 * nothing to run, an index of a required container that nobody could read. Everything else may still become right.
 */
export function judge(evidence: Evidence): Judgement {
  const { desired, expected, revision, taskDefinitionArn } = evidence
  const running = evidence.tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING')
  const ours = runningTasks(evidence)
  const tasks = ours.map((task) => digestsOf(task, expected))
  const final = (proof: Proof): Judgement => ({ kind: 'final', proof })
  if (revision.taskDefinitionArn !== taskDefinitionArn) {
    return final({ kind: 'mismatch', tasks, finding: wrongDefinition(revision, taskDefinitionArn) })
  }
  if (desired === 0) return final({ kind: 'not-provable', tasks, finding: nothingRuns })
  const wrong = wrongDigest(expected, revision, tasks)
  if (wrong !== undefined) return final({ kind: 'mismatch', tasks, finding: wrong })
  const unclear = unlisted(expected, revision, tasks)
  const sure = expected.filter(
    (each) => !isOpen(each, tasks) && unclear.every(({ wanted }) => wanted !== each),
  )
  const someRequired = expected.some(({ required }) => required)
  const fatal = unclear.find(({ wanted }) => (someRequired ? wanted.required : sure.length === 0))
  if (fatal !== undefined) return final({ kind: 'not-provable', tasks, finding: unlistedFinding(fatal) })
  const open = openPoint(evidence, ours, running, tasks)
  if (open === undefined) {
    const unproven = expected.filter((each) => !sure.includes(each)).map(({ container }) => container)
    return final({ kind: 'proven', containers: withDigest(sure, tasks), tasks, unproven })
  }
  const proof: Proof = { kind: 'not-provable', tasks, finding: open.finding }
  const patience = patienceFor(open.point, evidence)
  return { kind: 'not-yet', point: open.point, waitingFor: open.finding.cause, patience, proof }
}

/** How long what is open may stay so. Milliseconds. */
function patienceFor(point: OpenPoint, { startingFor }: Evidence): number {
  if (point === 'too-few-tasks') return Math.max(startingFor, 120_000)
  // With all tasks running, a digest that ECS does not report now will hardly come later.
  return point === 'silent-digest' ? 10_000 : 120_000
}

/** The first thing that keeps the look from being a proof, or undefined. */
function openPoint(
  { desired, deploymentId, expected, othersRunning }: Evidence,
  ours: readonly Task[],
  running: readonly Task[],
  tasks: readonly TaskDigests[],
): { point: OpenPoint; finding: Finding } | undefined {
  const old = running.filter(({ startedBy }) => startedBy !== deploymentId)
  if (ours.length < desired) {
    const values = { running: ours.length, desired, deployment: deploymentId }
    const tooFew = finding(digestNotProvable, digestNotProvable.cases.tooFew, values, ids(ours))
    return { point: 'too-few-tasks', finding: tooFew }
  }
  const sick = ours.filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')
  if (sick.length > 0) return { point: 'sick-tasks', finding: sickTasks(sick, ours) }
  const silent = indispensable(expected, tasks).find((each) => isOpen(each, tasks))
  if (silent !== undefined) {
    const { container, digest, image } = silent
    const of = digest === undefined ? 'the service revision' : 'every task'
    const values = { of, container, image }
    const unreported = finding(digestNotProvable, digestNotProvable.cases.silent, values, ids(ours))
    return { point: 'silent-digest', finding: unreported }
  }
  const remaining = Math.max(old.length, othersRunning)
  if (remaining === 0) return undefined
  const { one, several } = oldTasksRemain.cases
  const remain =
    remaining === 1
      ? finding(oldTasksRemain, one, {}, ids(old))
      : finding(oldTasksRemain, several, { count: remaining }, ids(old))
  return { point: 'old-tasks', finding: remain }
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

const nothingRuns = finding(desiredCountZero, desiredCountZero.cases.none, {}, [])

function sickTasks(sick: readonly Task[], ours: readonly Task[]): Finding {
  const values = { sick: sick.length, running: ours.length }
  return finding(containerHealthCheck, containerHealthCheck.cases.running, values, ids(sick))
}
