import {
  ActionError,
  isTransient,
  type Listed,
  type Preflight,
  preflight,
  taskPlatform,
} from '@ecs-release/core'
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

/** The images that an index lists. What the role may not ask stays unknown, which speaks neither for nor against an image. */
export async function listed({ images, trouble }: Run, image: string, digest: string): Promise<Listed> {
  try {
    return await images.children(image, digest)
  } catch (error) {
    if (!(error instanceof ActionError) || ends.has(error.code) || isTransient(error)) throw error
    trouble(error)
    return { kind: 'unknown', why: error.message, remedy: error.hint }
  }
}

/** After these nothing more can be asked. */
const ends: ReadonlySet<ActionError['code']> = new Set(['credentials', 'cancelled'])
