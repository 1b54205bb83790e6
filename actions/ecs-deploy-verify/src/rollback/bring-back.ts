import {
  ActionError,
  edited,
  fromRegistered,
  lastGood,
  nameInArn,
  pinsFor,
  planTaskDefinition,
  type Registered,
  type ServiceRevision,
  withImages,
} from '@ecs-release/core'
import { listed } from '../check-images.ts'
import { deploy, type Started } from '../deploy.ts'
import { end } from '../ending.ts'
import { follow } from '../follow.ts'
import type { Prepared } from '../prepare.ts'
import type { Run } from '../run.ts'
import { type Rollback, type RollbackFacts, rollbackTimeout } from './rollback.ts'

/** Deploys what the last good deployment before ours ran, image for image, and proves it like any other release. */
export async function bringBack(run: Run, { save, started }: RollbackFacts): Promise<Rollback> {
  const revision = await lastGood(run.calls, started.primary)
  if (revision === undefined) {
    return { kind: 'left', why: 'ECS knows of no successful deployment before this one' }
  }
  run.log.info(
    `Deploying ${nameInArn(revision.taskDefinitionArn)} again, the last good deployment before this one`,
  )
  const prepared = await preparedFor(run, revision)
  if (prepared.plan.kind === 'reuse' && prepared.plan.arn === started.taskDefinitionArn) {
    return { kind: 'left', why: `${nameInArn(prepared.plan.arn)} with the same images is what ran before` }
  }
  // A release of its own: of a revision, and with no other change of the service.
  const again: Run = {
    ...run,
    inputs: {
      ...run.inputs,
      taskDefinition: revision.taskDefinitionArn,
      forceNewDeployment: false,
      desiredCount: undefined,
      waitUntil: 'completed',
      earlyFailure: Infinity,
      probes: undefined,
      timeout: rollbackTimeout,
    },
  }
  const back = await deploy(again, await run.calls.service(), prepared, (arn) => save('updating', arn))
  const followed = await follow(again, back, {
    definition: prepared.plan.definition,
    found: (arn) => save('deploymentArn', arn),
  })
  const asked = { definition: prepared.plan.definition, named: prepared.images, inRegistry: new Map() }
  const children = (image: string, digest: string) => listed(run, image, digest)
  const { outcome } = await end(again, back, followed, { asked, children, unasked: new Map() })
  return concluded(outcome, back)
}

function concluded(
  outcome: Awaited<ReturnType<typeof end>>['outcome'],
  { taskDefinitionArn }: Started,
): Rollback {
  if (outcome.kind === 'succeeded') return { kind: 'done', to: nameInArn(taskDefinitionArn) }
  const why = 'cause' in outcome && outcome.cause !== undefined ? outcome.cause : outcome.kind
  return {
    kind: 'failed',
    why: `the deployment of ${nameInArn(taskDefinitionArn)}: ${why}`,
    remedy:
      'Look at the deployments and events of the service in the console, then deploy a revision that works by the input task-definition.',
  }
}

/** Tags that have moved since are replaced by what they were, and a deregistered revision is registered again. */
async function preparedFor(
  { calls, images, log, trouble }: Run,
  revision: ServiceRevision,
): Promise<Prepared> {
  const current = await calls.taskDefinition(revision.taskDefinitionArn)
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
