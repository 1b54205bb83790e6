import {
  ActionError,
  completedBefore,
  edited,
  fromRegistered,
  lastGood,
  nameInArn,
  pinsFor,
  planTaskDefinition,
  primaryOf,
  type Registered,
  type Service,
  type ServiceRevision,
  withImages,
} from '@ecs-release/core'
import { listed } from '../check-images.ts'
import { deploy, type Order, registered, type Started } from '../deploy.ts'
import { type Ending, end } from '../ending.ts'
import { follow } from '../follow.ts'
import type { Prepared } from '../prepare.ts'
import type { Run } from '../run.ts'
import { patiently } from './patiently.ts'
import { type Rollback, type RollbackFacts, rollbackTimeout } from './rollback.ts'
import { takenOver } from './taken-over.ts'

/** Deploys what the last good deployment before ours ran, image for image, and proves it like any other release. */
export async function bringBack(run: Run, facts: RollbackFacts): Promise<Rollback> {
  const { before, started } = facts
  const revision =
    (await patiently(run, () => lastGood(run.calls, started.primary))) ??
    (await patiently(run, () => completedBefore(run.calls, before)))
  if (revision === undefined) {
    return { kind: 'left', why: 'no deployment of the service before this one is known to have been good' }
  }
  run.log.info(
    `Deploying ${nameInArn(revision.taskDefinitionArn)} again, the last good deployment before this one`,
  )
  const prepared = await preparedFor(run, revision)
  const { definition } = prepared.plan
  if (prepared.plan.kind === 'reuse' && prepared.plan.arn === started.taskDefinitionArn) {
    return { kind: 'left', why: `${nameInArn(prepared.plan.arn)} with the same images is what ran before` }
  }
  const taskDefinitionArn = await registered(run, prepared.plan, rollbackTimeout)
  const now = await patiently(run, run.calls.service)
  // Somebody may have deployed while that was read.
  const others = takenOver(now, facts)
  if (others !== undefined) return { kind: 'left', why: others }
  const back = await deploy(run, now, orderOf(facts, now, taskDefinitionArn))
  const followed = await follow(run, back, { definition, note: (known) => facts.recorder.note(known) })
  // The pins are ours: what the user named by images was the release.
  const asked = { definition, named: new Map(), inRegistry: new Map() }
  const children = (image: string, digest: string) => listed(run, image, digest)
  return concluded(await end(run, back, followed, { asked, children, unasked: new Map() }), back)
}

/** Only the revision is changed back. It is followed to its end: giving up would leave nothing that works. */
function orderOf({ recorder }: RollbackFacts, now: Service, taskDefinitionArn: string): Order {
  const earlier = recorder.traces
  return {
    taskDefinitionArn,
    change: { taskDefinition: taskDefinitionArn },
    terms: { timeout: rollbackTimeout, until: 'completed', earlyFailure: Infinity, probes: [] },
    updating: () =>
      recorder.begin({ stage: 'bringing-back', taskDefinitionArn, replacing: primaryOf(now)?.id ?? '' }),
    refused: () => recorder.restore(earlier),
  }
}

function concluded({ findings, outcome }: Ending, { taskDefinitionArn }: Started): Rollback {
  if (outcome.kind === 'succeeded') return { kind: 'done', to: nameInArn(taskDefinitionArn) }
  const why = 'cause' in outcome && outcome.cause !== undefined ? outcome.cause : outcome.kind
  return {
    kind: 'failed',
    why: `the deployment of ${nameInArn(taskDefinitionArn)}: ${why}`,
    remedy:
      findings[0]?.remedy ??
      'Look at the deployments and events of the service in the console, then deploy a revision that works by the input task-definition.',
    begun: true,
  }
}

/** Tags that have moved since are replaced by what they were, and a deregistered revision is registered again. */
async function preparedFor(run: Run, revision: ServiceRevision): Promise<Prepared> {
  const { calls, images, log, trouble } = run
  const current = await patiently(run, () => calls.taskDefinition(revision.taskDefinitionArn))
  if (current === undefined) {
    throw new ActionError('not-found', `${nameInArn(revision.taskDefinitionArn)} can no longer be read`, {
      hint: 'Deploy a revision that works by the input task-definition.',
    })
  }
  const resolve = async (image: string): Promise<string | undefined> => {
    try {
      const found = await images.find(image)
      return found.kind === 'found' ? found.digest : undefined
    } catch (error) {
      trouble(error)
      return undefined
    }
  }
  const wanted = fromRegistered(current)
  const pins = await pinsFor(wanted.definition, revision, resolve)
  for (const [container, image] of pins) log.info(`Container ${container} gets ${image}, which is what ran`)
  const changed = edited(wanted, withImages(wanted.definition, pins))
  const plan = planTaskDefinition(isActive(current) ? changed : { ...changed, arn: undefined }, [])
  return { plan, current, images: pins }
}

function isActive({ definition }: Registered): boolean {
  return definition.status !== 'INACTIVE'
}
