import { ActionError, type Preflight, preflight, taskPlatform } from '@ecs-release/core'
import type { Prepared } from './prepare.ts'
import type { Run } from './run.ts'

/** Looks at the images of what is to be deployed, and tells which digest each names. */
export async function checkImages(run: Run, { plan }: Prepared): Promise<Preflight> {
  const known = await preflight(plan.definition, run.images)
  for (const [container, digest] of known.digests) {
    run.log.info(`Container ${container}: Amazon ECR has ${digest}`)
  }
  if (taskPlatform(plan.definition) === undefined && known.digests.size > 0) {
    run.log.info(
      'Their CPU architecture was not checked: the task definition does not say on which one it runs',
    )
  }
  for (const line of known.elsewhere) run.log.info(`Not checked: ${line}`)
  return known
}

/** The images that an index lists. Where that cannot be asked, what is reported has to be the expected digest itself. */
export async function listed(
  { images, trouble }: Run,
  image: string,
  digest: string,
): Promise<readonly string[]> {
  try {
    return await images.children(image, digest)
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'credentials') throw error
    trouble(error)
    return []
  }
}
