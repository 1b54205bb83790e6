import { messageOf, nameInArn, type Outcome, primaryOf, type Service } from '@ecs-release/core'
import { type Checked, refusal } from './check.ts'
import { listed } from './check-images.ts'
import { deploy } from './deploy.ts'
import { plan } from './dry-run.ts'
import { end, type Wanted } from './ending.ts'
import { follow } from './follow.ts'
import type { Prepared } from './prepare.ts'
import type { Result } from './result.ts'
import { rollBack } from './rollback/roll-back.ts'
import { type Rollback, textOf } from './rollback/rollback.ts'
import type { Run } from './run.ts'
import type { Save, SoFar } from './traces.ts'

interface Release {
  before: Service
  prepared: Prepared
  checked: Checked
  /** Is told each step that was taken, for the report of an error in the next. */
  soFar: SoFar
  save: Save
}

/** Deploys, follows, proves and concludes, unless the preflight found what would let the deployment fail. */
export async function released(
  run: Run,
  { before, checked, prepared, save, soFar }: Release,
): Promise<Result> {
  const refused = refusal(before, prepared, checked)
  const { images } = prepared
  if (refused !== undefined) return { ...unreleased, ...refused, before, images, changes: [] }
  const updating = (arn: string): void => {
    soFar.updating = arn
    save('updating', arn)
    save('replacing', primaryOf(before)?.id ?? '')
  }
  const started = await run.log.group('Deployment', () => deploy(run, before, prepared, updating))
  soFar.started = started
  const { definition } = prepared.plan
  // A deployment of somebody else may be followed, but is not for the post step to roll back.
  if (!started.isNew) save('ended', 'true')
  const found = (arn: string): void => {
    soFar.deploymentArn = arn
    save('deploymentArn', arn)
  }
  const followed = await follow(run, started, { definition, found })
  soFar.followed = followed
  const ending = await end(run, started, followed, wanted(run, prepared, checked))
  soFar.rollingBack = true
  // From here on it is the rollback that goes on after a cancellation; nothing is to be stopped any more.
  save('told', 'true')
  const rollback = await rollBack(run, { before, started, followed, outcome: ending.outcome, save })
  const release = {
    deploymentId: started.primary.id,
    deploymentArn: followed.deploymentArn,
    status: followed.deployment?.status,
    revisionArn: ending.revisionArn,
    sourceRevisionArns: followed.deployment?.sourceServiceRevisionArns ?? [],
  }
  const { taskDefinitionArn } = started
  const names = { service: before.name, what: nameInArn(taskDefinitionArn) }
  const message = messageAfter(ending.outcome, rollback, names)
  return {
    before,
    images,
    ...ending,
    message,
    taskDefinitionArn,
    release,
    investigation: followed.investigation,
    rollback,
    changes: [],
  }
}

/** What became of the deployment, and what was done about it. */
function messageAfter(
  outcome: Outcome,
  rollback: Rollback | undefined,
  names: { service: string; what: string },
): string {
  const ended = messageOf(outcome, { ...names, broughtBack: rollback?.kind === 'done' })
  return rollback === undefined ? ended : `${ended}. ${textOf(rollback)}`
}

const unreleased = {
  release: undefined,
  proof: undefined,
  probed: [],
  investigation: undefined,
  rollback: undefined,
}

/** What a dry run found. */
export function planned(run: Run, before: Service, prepared: Prepared, checked: Checked): Result {
  const result = plan(run, before, prepared)
  for (const line of result.changes) run.log.info(line)
  return { ...unreleased, before, images: prepared.images, ...result, ...refusal(before, prepared, checked) }
}

function wanted(run: Run, { images, plan }: Prepared, { digests, unasked }: Checked): Wanted {
  const asked = { definition: plan.definition, named: images, inRegistry: digests }
  return { asked, unasked, children: (image, digest) => listed(run, image, digest) }
}
