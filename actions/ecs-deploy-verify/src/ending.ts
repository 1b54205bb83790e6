import {
  type ActionError,
  type Conclusion,
  conclude,
  nameInArn,
  type Proof,
  type ProveOptions,
  probeFailed,
  prove,
  revisionArnOf,
  type ServiceDeployment,
  unaskedTag,
  unresolvedTag,
  unseenDeployment,
} from '@ecs-release/core'
import type { Started } from './deploy.ts'
import { type Followed, sightOf, untilOf } from './follow.ts'
import { type Probed, probeAll } from './probes.ts'
import type { Run } from './run.ts'

/** How the release ended. */
export interface Ending extends Conclusion {
  proof: Proof | undefined
  /** One for each line of probes; empty when none was made. */
  probed: readonly Probed[]
  revisionArn: string
}

/** What has to run. */
export interface Wanted extends Pick<ProveOptions, 'asked' | 'children'> {
  /** Why Amazon ECR did not say which image a tag names, by container. */
  unasked: ReadonlyMap<string, ActionError>
}

/** Proves what runs and asks the probes, where that makes sense, and concludes. */
export async function end(run: Run, started: Started, followed: Followed, wanted: Wanted): Promise<Ending> {
  const { desiredCount = started.service.desiredCount, isNew, primary, service, terms, updatedAt } = started
  const { deployment, investigation, oldFailure, stopped } = followed
  const revisionArn = deployment?.targetServiceRevisionArn ?? revisionArnOf(service, primary.id)
  const proofWanted = run.inputs.proof === 'digest'
  const complete = isComplete(started, followed, proofWanted)
  const proof =
    complete && proofWanted
      ? await run.log.group('Proof', () => proofOf(run, started, revisionArn, wanted))
      : unprovable(started, followed)
  // Users cannot be well, or not for this reason, while something else runs than what was asked for.
  const right = complete && desiredCount > 0 && (proof?.kind === 'proven' || !proofWanted)
  const probed = right ? await probeAll(run, terms.probes) : []
  const faults = probed.flatMap(({ fault }) => fault ?? [])
  const conclusion = conclude(
    {
      deployment: sightOf(followed),
      newDeployment: isNew,
      until: untilOf(started),
      ...stopped,
      givenUp: followed.givenUp,
      proof,
      proofWanted,
      unwell: faults.length === 0 ? undefined : probeFailed(faults),
      rolledBackTo: await runningAfterRollback(run, deployment),
      seconds: (run.clock.now() - updatedAt) / 1000,
    },
    oldFailure === undefined ? investigation : { findings: [oldFailure] },
  )
  return { ...conclusion, proof, probed, revisionArn }
}

/** Whether the deployment is done, so that what runs can be looked at. */
function isComplete(started: Started, followed: Followed, proofWanted: boolean): boolean {
  const { isNew, primary } = started
  switch (followed.kind) {
    case 'seen':
      return followed.deployment.status === 'SUCCESSFUL' && untilOf(started) === 'completed'
    case 'unneeded':
      return true
    case 'unlisted':
      // Behind a Classic Load Balancer there is no rollout state, and ECS forgets deployments: the tasks themselves tell.
      return !isNew && proofWanted && primary.rolloutState === undefined
    case 'undescribed':
      return false
  }
}

/** Why there is no proof for a deployment that was there before; undefined where the status says enough. */
function unprovable({ isNew, primary }: Started, { kind }: Followed): Proof | undefined {
  return isNew || kind === 'seen' || kind === 'unneeded' ? undefined : unseenDeployment(kind, primary)
}

async function proofOf(
  { calls, clock, inputs, log, signal, trouble }: Run,
  { answeredAt, desiredCount, isNew, primary, taskDefinitionArn, updatedAt }: Started,
  revisionArn: string,
  { asked, children, unasked }: Wanted,
): Promise<Proof> {
  const unresolved = isNew ? unaskedTag(asked.named, unasked) : unresolvedTag(asked.named, asked.inRegistry)
  if (unresolved !== undefined) {
    log.info(`Not proven: ${unresolved.finding.cause}`)
    return unresolved
  }
  const waiting = (what: string) => log.info(`Waiting: ${what}`)
  const { createdAt, id: deploymentId } = primary
  const ids = { deploymentId, createdAt, revisionArn, taskDefinitionArn }
  // ECS calls a deployment successful only when its tasks run; tasks of a count that was raised alone may take until the time-out.
  const startingFor = isNew ? 0 : updatedAt + inputs.timeout * 1000 - clock.now()
  const proof = await prove({
    calls,
    clock,
    waiting,
    trouble,
    signal,
    ...ids,
    requested: desiredCount === undefined ? undefined : { desiredCount, at: answeredAt },
    startingFor,
    asked,
    children,
  })
  if (proof.kind !== 'proven') {
    log.info(`Not proven: ${proof.finding.cause}`)
    return proof
  }
  for (const { container, digest, reported, source } of proof.containers) {
    const of = `${proof.tasks.length} of ${proof.tasks.length} tasks`
    log.info(
      `${container} runs ${digest} on ${of} (expected by ${expectedBy[source]}${asPlatform(digest, reported)})`,
    )
  }
  for (const container of proof.unproven) log.info(`${container}: ECS reports no digest to compare`)
  return proof
}

/** What ECS reports where that is not the expected digest itself, to follow a sentence about it. */
export function asPlatform(digest: string, reported: readonly string[]): string {
  const others = reported.filter((each) => each !== digest)
  return others.length === 0 ? '' : `; ECS reports ${others.join(', ')}, which this index lists`
}

/** Who says which digest it has to be. */
export const expectedBy = {
  images: 'the input images',
  'task-definition': 'the task definition',
  registry: 'the tag in Amazon ECR before the deployment',
  'service-revision': 'the service revision, which resolved the tag',
} as const

/** The task definition that ECS went back to, such as `web:4`. */
export async function runningAfterRollback(
  { calls, trouble }: Run,
  deployment: ServiceDeployment | undefined,
): Promise<string | undefined> {
  const arn = deployment?.rollback?.serviceRevisionArn
  if (deployment?.status !== 'ROLLBACK_SUCCESSFUL' || arn === undefined) return undefined
  try {
    const [revision] = await calls.revisions([arn])
    return revision === undefined ? undefined : nameInArn(revision.taskDefinitionArn)
  } catch (error) {
    trouble(error)
    return undefined
  }
}
