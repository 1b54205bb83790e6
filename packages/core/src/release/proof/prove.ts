import { ActionError } from '../../action/action-error.ts'
import type { Service, ServiceRevision } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { primaryOf } from '../deployment/identity.ts'
import { supersededText } from '../diagnose/texts/endings.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { digestNotProvable } from '../diagnose/texts/proof.ts'
import type { Finding } from '../finding.ts'
import { attempt } from '../watch/attempt.ts'
import { type Children, withChildren } from './children.ts'
import { type Asked, expectations } from './expected.ts'
import { type Evidence, judge } from './judge.ts'
import type { Judgement, OpenPoint, Proof } from './proof.ts'

export interface ProveOptions {
  calls: Pick<ReleaseCalls, 'service' | 'revisions' | 'tasks'>
  clock: Clock
  deploymentId: string
  /** When it was created: a PRIMARY deployment that is newer has taken over. */
  createdAt: Date
  /** The count that UpdateService was asked for, if it was, and when: milliseconds since the epoch. */
  requested?: { desiredCount: number; at: number } | undefined
  /** How long tasks that are missing are waited for. Milliseconds; two minutes at least. */
  startingFor: number
  revisionArn: string
  taskDefinitionArn: string
  asked: Asked
  /** Finds out what an index lists. */
  children: Children
  /** Told what the proof waits for, when that changes. */
  waiting: (what: string) => void
  trouble: (error: unknown) => void
  signal?: AbortSignal | undefined
}

/** ECS can call a deployment successful while tasks of the one before still stop. Milliseconds. */
const longest = 120_000
const pause = 5000
/**
 * After an update DescribeServices was seen to be behind for up to nine seconds (ecs-model 6.2), and one answer can be older than the one
 * before it. Milliseconds.
 */
const lag = 30_000

/**
 * Looks at the running tasks until they prove the deployment or disprove it. What is open may stay so for at most two minutes, from when it
 * was first seen on: something else may have been waited for until then.
 */
export async function prove(options: ProveOptions): Promise<Proof> {
  const { clock, signal } = options
  const opened = new Map<OpenPoint, number>()
  let answered = clock.now()
  let told = ''
  for (;;) {
    const judgement = await attempt(() => orDenied(() => look(options)), options.trouble)
    if (judgement?.kind === 'final') return judgement.proof
    const now = clock.now()
    if (judgement !== undefined) answered = now
    const since = (judgement && opened.get(judgement.point)) ?? answered
    if (judgement !== undefined) opened.set(judgement.point, since)
    const remaining = since + (judgement?.patience ?? longest) - now
    if (remaining <= 0) return judgement?.proof ?? unreachable
    if (judgement !== undefined && judgement.waitingFor !== told) {
      told = judgement.waitingFor
      options.waiting(told)
    }
    await clock.sleep(Math.min(pause, remaining), signal)
  }
}

/** What the role may not look at cannot be proven; the deployment itself is no failure for it. */
async function orDenied(look: () => Promise<Judgement>): Promise<Judgement> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof ActionError) || error.code !== 'access-denied') throw error
    const { hint: remedy = '', message: cause } = error
    const denied = { code: digestNotProvable.code, cause, remedy, evidence: [] }
    return { kind: 'final', proof: { kind: 'not-provable', tasks: [], finding: denied } }
  }
}

async function look({ asked, calls, revisionArn, children, ...options }: ProveOptions): Promise<Judgement> {
  const { createdAt, deploymentId, startingFor, taskDefinitionArn } = options
  const [service, revisions, tasks]: [Service, readonly ServiceRevision[], Evidence['tasks']] =
    await Promise.all([calls.service(), calls.revisions([revisionArn]), calls.tasks('RUNNING')])
  const primary = primaryOf(service)
  if (primary !== undefined && primary.id !== deploymentId && primary.createdAt > createdAt)
    return { kind: 'final', proof: supersededBy(primary.id) }
  const [revision] = revisions
  if (revision === undefined) {
    return {
      kind: 'not-yet',
      point: 'revision',
      waitingFor: unknownRevision(revisionArn).cause,
      patience: 30_000,
      proof: { kind: 'not-provable', finding: unknownRevision(revisionArn), tasks: [] },
    }
  }
  const evidence = {
    deploymentId,
    taskDefinitionArn,
    expected: expectations(
      asked,
      revision,
      service.loadBalancers.map(({ containerName }) => containerName),
    ),
    revision,
    desired: desiredCount(service, options),
    tasks,
    othersRunning: runningBeside(service, deploymentId),
    startingFor,
  }
  return judge({ ...evidence, expected: await withChildren(evidence, children) })
}

function desiredCount(
  { desiredCount: shown }: Service,
  { clock, requested }: Pick<ProveOptions, 'clock' | 'requested'>,
): number {
  return requested !== undefined && clock.now() - requested.at < lag ? requested.desiredCount : shown
}

function runningBeside({ deployments }: Service, deploymentId: string): number {
  return deployments.reduce(
    (sum, { id, runningCount }) => (id === deploymentId ? sum : sum + runningCount),
    0,
  )
}

function supersededBy(by: string): Proof {
  const { newer } = supersededText.cases
  return {
    kind: 'superseded',
    by,
    tasks: [],
    finding: finding(supersededText, newer, { deployment: by }, []),
  }
}

function unknownRevision(revision: string): Finding {
  return finding(digestNotProvable, digestNotProvable.cases.revision, { revision }, [])
}

const unreachable: Proof = {
  kind: 'not-provable',
  tasks: [],
  finding: finding(digestNotProvable, digestNotProvable.cases.unreachable, {}, []),
}
