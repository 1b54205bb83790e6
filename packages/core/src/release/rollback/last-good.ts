import type { ServiceRevision } from '../../aws/ecs-model.ts'
import type { ReleaseCalls } from '../calls.ts'
import { belongsTo } from '../deployment/identity.ts'

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
