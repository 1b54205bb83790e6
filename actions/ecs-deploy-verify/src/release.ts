import { messageOf, nameInArn, type Outcome, primaryOf, type Service } from '@ecs-release/core'
import { namesDefinition } from './apply-edits.ts'
import { type Checked, refusal } from './check.ts'
import { listed } from './check-images.ts'
import { deploy, type Order, registered } from './deploy.ts'
import { plan } from './dry-run.ts'
import { end, type Wanted } from './ending.ts'
import { type FollowOptions, follow } from './follow.ts'
import type { Prepared } from './prepare.ts'
import type { Result } from './result.ts'
import { rollBack } from './rollback/roll-back.ts'
import { hasBegun, type Rollback, textOf } from './rollback/rollback.ts'
import type { Run } from './run.ts'
import { termsOf } from './terms.ts'
import type { SoFar } from './traces.ts'

interface Release {
  before: Service
  prepared: Prepared
  checked: Checked
  /** Is told each step that was taken, for the report of an error in the next. */
  soFar: SoFar
}

/** Deploys, follows, proves and concludes, unless the preflight found what would let the deployment fail. */
export async function released(run: Run, { before, checked, prepared, soFar }: Release): Promise<Result> {
  const { recorder } = soFar
  const refused = refusal(before, prepared, checked)
  const { images } = prepared
  if (refused !== undefined) return { ...unreleased, ...refused, before, images, changes: [] }
  const started = await run.log.group('Deployment', async () => {
    const taskDefinitionArn = await registered(run, prepared.plan, run.inputs.timeout)
    return deploy(run, before, orderOf(run, { before, taskDefinitionArn, soFar }))
  })
  soFar.started = started
  if (!started.isNew) recorder.note({ stage: 'not-ours' })
  const { definition } = prepared.plan
  const note: FollowOptions['note'] = (known) => {
    if ('deploymentArn' in known) soFar.deploymentArn = known.deploymentArn
    recorder.note(known)
  }
  const followed = await follow(run, started, { definition, note })
  soFar.followed = followed
  const ending = await end(run, started, followed, wanted(run, prepared, checked))
  const rollback = await rollBack(run, { before, started, followed, outcome: ending.outcome, recorder })
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

interface Ordered extends Pick<Release, 'before' | 'soFar'> {
  taskDefinitionArn: string
}

/** UpdateService is sent only what the user gave. */
function orderOf({ inputs }: Run, { before, soFar, taskDefinitionArn }: Ordered): Order {
  const { recorder } = soFar
  return {
    taskDefinitionArn,
    change: {
      ...(namesDefinition(inputs) ? { taskDefinition: taskDefinitionArn } : {}),
      ...(inputs.forceNewDeployment ? { forceNewDeployment: true } : {}),
      ...(inputs.desiredCount === undefined ? {} : { desiredCount: inputs.desiredCount }),
    },
    terms: termsOf(inputs),
    updating() {
      soFar.updating = taskDefinitionArn
      recorder.begin({ stage: 'releasing', taskDefinitionArn, replacing: primaryOf(before)?.id ?? '' })
    },
    refused: () => recorder.restore(undefined),
  }
}

/** What became of the deployment, and what was done about it. */
function messageAfter(
  outcome: Outcome,
  rollback: Rollback | undefined,
  names: { service: string; what: string },
): string {
  const ended = messageOf(outcome, { ...names, broughtBack: hasBegun(rollback) })
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
