import {
  ActionError,
  fromRegistered,
  imagesByContainer,
  nameInArn,
  nextLookIn,
  poll,
  primaryOf,
  type Service,
  withImages,
} from '@ecs-release/core'
import { listed } from './check-images.ts'
import type { Started } from './deploy.ts'
import { type Ending, end } from './ending.ts'
import { type Followed, follow } from './follow.ts'
import type { Result } from './result.ts'
import type { Run } from './run.ts'
import { termsOf } from './terms.ts'
import { type InRegistry, tagsInRegistry } from './verify-tags.ts'
import { asFound } from './verify-text.ts'

/**
 * Proves what the service runs, and writes nothing. A deployment that is under way is followed to its end first: whatever
 * that is, what counts is what runs then. It begins anew when another deployment took over meanwhile.
 */
export async function verified(run: Run, before: Service): Promise<Result> {
  let service = before
  for (let rounds = 1; ; rounds++) {
    const looked = await lookAt(run, service)
    if (looked.kind === 'result') return looked.result
    run.log.info(looked.why)
    run.logbook.note(looked.why)
    service = await following(run, service, rounds)
  }
}

/**
 * The service once it has another PRIMARY deployment than the one that was looked at: DescribeServices can show for some seconds what was
 * before (ecs-model 6.2). At the deadline, as it is.
 */
async function following(run: Run, looked: Service, rounds: number): Promise<Service> {
  const { calls, clock, inputs, signal, startedAt } = run
  const deadline = startedAt + inputs.timeout * 1000
  const [elapsed, remaining] = [clock.now() - startedAt, deadline - clock.now()]
  await clock.sleep(nextLookIn({ looks: rounds, elapsed, remaining }), signal)
  const old = primaryOf(looked)?.id
  let last = looked
  const other = (now: Service): Service | undefined => {
    last = now
    return primaryOf(now)?.id === old ? undefined : now
  }
  return (await poll(calls.service, other, { ...run, deadline })) ?? last
}

type Looked = { kind: 'result'; result: Result } | { kind: 'again'; why: string }

async function lookAt(run: Run, service: Service): Promise<Looked> {
  const started = current(run, service)
  const { primary } = started
  const registered = await run.calls.taskDefinition(primary.taskDefinitionArn)
  if (registered === undefined) {
    throw new ActionError(
      'not-found',
      `The task definition ${primary.taskDefinitionArn} of the service is gone`,
    )
  }
  const { definition } = fromRegistered(registered)
  const images = imagesByContainer(definition, run.inputs.images ?? [])
  const { createdAt, id, rolloutState, taskDefinitionArn } = primary
  run.log.info(
    `${service.name} is meant to run ${nameInArn(taskDefinitionArn)}: ${id} of ${createdAt.toISOString()}, ${rolloutState ?? 'without a rollout state'}`,
  )
  const followed = await follow(run, started, { definition, note() {} })
  const other = ranOtherwise(started, followed)
  if (other !== undefined && timeIsLeft(run)) return { kind: 'again', why: other }
  const inRegistry = await tagsInRegistry(run, images)
  const asked = {
    definition: withImages(definition, images),
    named: images,
    inRegistry: inRegistry.digests,
  }
  const ending = await end(run, started, followed, {
    asked,
    unasked: new Map(),
    children: (image, digest) => listed(run, image, digest),
  })
  if (['unverified', 'superseded'].includes(ending.outcome.kind) && timeIsLeft(run)) {
    const now = primaryOf(await run.calls.service())?.id
    if (now !== id) return { kind: 'again', why: `${now} took over from ${id} while it was looked at` }
  }
  return { kind: 'result', result: resultOf(started, followed, { images, ending, inRegistry }) }
}

/** What the service is meant to run, in the form of a deployment that nobody had to start. */
function current({ inputs, startedAt }: Run, service: Service): Started {
  const primary = primaryOf(service)
  if (primary === undefined) {
    throw new ActionError('rejected', `The service ${service.name} has no PRIMARY deployment to look at`)
  }
  const { taskDefinitionArn } = primary
  const terms = termsOf(inputs)
  const found = { before: service, service, primary, isNew: false, desiredCount: undefined }
  return { ...found, taskDefinitionArn, updatedAt: startedAt, answeredAt: startedAt, terms }
}

/** Why something else than this deployment runs, now that it has ended; undefined when it is to be looked at itself. */
function ranOtherwise({ primary }: Started, { deployment, stopped }: Followed): string | undefined {
  if (deployment?.status === 'ROLLBACK_SUCCESSFUL')
    return `${primary.id} was rolled back; looking at what runs now`
  if (stopped.supersededBy === undefined) return undefined
  return `${primary.id} was superseded by ${stopped.supersededBy}; looking at that`
}

function timeIsLeft({ clock, inputs, startedAt }: Run): boolean {
  return clock.now() < startedAt + inputs.timeout * 1000
}

interface Found {
  images: ReadonlyMap<string, string>
  ending: Ending
  inRegistry: InRegistry
}

function resultOf(
  { before, primary, taskDefinitionArn }: Started,
  { deployment, deploymentArn, investigation }: Followed,
  { ending, images, inRegistry }: Found,
): Result {
  const what = { service: before.name, what: nameInArn(taskDefinitionArn) }
  return {
    before,
    images,
    ...asFound(ending, inRegistry.missing, what),
    proof: ending.proof,
    probed: ending.probed,
    rollback: undefined,
    taskDefinitionArn,
    release: {
      deploymentId: primary.id,
      deploymentArn,
      status: deployment?.status ?? primary.rolloutState,
      revisionArn: ending.revisionArn,
      sourceRevisionArns: deployment?.sourceServiceRevisionArns ?? [],
    },
    investigation,
    changes: [],
  }
}
