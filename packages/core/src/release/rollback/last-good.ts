import type { Service, ServiceRevision, Task } from '../../aws/ecs-model.ts'
import type { ReleaseCalls } from '../calls.ts'
import { belongsTo, primaryOf, revisionArnOf } from '../deployment/identity.ts'

const day = 24 * 3600 * 1000

/** ECS keeps the deployments of 90 days, and refuses a search that begins earlier. */
const history = 89 * day

/**
 * The revision of the last deployment that was successful before the one given: what to go back to. undefined when ECS knows of none.
 * What a deployment was rolled back to counts as well, because ECS takes its older deployment up again.
 */
export async function lastGood(
  calls: Pick<ReleaseCalls, 'deploymentsSince' | 'revisions'>,
  { id, createdAt }: { id: string; createdAt: Date },
): Promise<ServiceRevision | undefined> {
  const listed = await calls.deploymentsSince(new Date(createdAt.getTime() - history), 'SUCCESSFUL')
  const found = listed.find(
    (brief) => !belongsTo(brief.targetServiceRevisionArn, id) && brief.createdAt <= createdAt,
  )
  if (found === undefined) return undefined
  const [revision] = await calls.revisions([found.targetServiceRevisionArn])
  return revision
}

/**
 * What the service ran by a deployment that had completed, as it was seen before the new one; undefined when none had. ECS's history may
 * have forgotten the deployment of a service that stayed as it was for long, and its revision too: tasks still tell the digests then, as
 * ECS describes those that have stopped for an hour.
 */
export async function completedBefore(
  calls: Pick<ReleaseCalls, 'revisions' | 'tasks'>,
  before: Service,
): Promise<ServiceRevision | undefined> {
  const primary = primaryOf(before)
  if (primary?.rolloutState !== 'COMPLETED') return undefined
  const arn = revisionArnOf(before, primary.id)
  const [revision] = await calls.revisions([arn])
  if (revision !== undefined) return revision
  const tasks = [...(await calls.tasks('STOPPED')), ...(await calls.tasks('RUNNING'))]
  const own = tasks.filter(({ startedBy }) => startedBy === primary.id)
  return { arn, taskDefinitionArn: primary.taskDefinitionArn, containerImages: own.flatMap(imagesOf) }
}

function imagesOf({ containers }: Task): ServiceRevision['containerImages'] {
  return containers.flatMap(({ image, imageDigest, name }) =>
    imageDigest === undefined ? [] : [{ containerName: name, image: image ?? '', digest: imageDigest }],
  )
}
