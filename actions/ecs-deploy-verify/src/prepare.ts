import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  ActionError,
  containersOf,
  familyOf,
  fromRegistered,
  parseTaskDefinition,
  planTaskDefinition,
  type Registered,
  type Service,
  type TaskDefinitionPlan,
  type WantedTaskDefinition,
} from '@ecs-release/core'
import { applyEdits } from './apply-edits.ts'
import { isImageReference } from './image-edit.ts'
import type { Run } from './run.ts'

/** What is to be deployed, before anything is written. */
export interface Prepared {
  plan: TaskDefinitionPlan
  /** The revision that the service has now; undefined for a service without one. */
  current: Registered | undefined
  /** The images that the input named, by container. */
  images: ReadonlyMap<string, string>
}

/** Loads the task definition, puts the inputs' images, variables and secrets in, and finds out whether it is registered already. */
export async function prepare(run: Run, service: Service): Promise<Prepared> {
  const { calls, log } = run
  const current =
    service.taskDefinitionArn === '' ? undefined : await calls.taskDefinition(service.taskDefinitionArn)
  const { definition: changed, images } = applyEdits(run, await load(run, current))
  assertImages(changed)
  const candidates = changed.arn === undefined ? await activeRevisions(run, changed, current) : []
  const plan = planTaskDefinition(changed, candidates)
  const family = familyOf(plan.definition)
  log.info(
    plan.kind === 'reuse'
      ? `${plan.arn} is already registered`
      : `A new revision of ${family} has to be registered`,
  )
  return { plan, current, images }
}

async function load(
  { calls, env, inputs, log }: Run,
  current: Registered | undefined,
): Promise<WantedTaskDefinition> {
  const asked = inputs.taskDefinition
  if (asked === undefined) {
    if (current === undefined)
      throw new ActionError('not-found', 'task-definition: the service has none yet, so one has to be given')
    return fromRegistered(current)
  }
  const path = resolve(env.GITHUB_WORKSPACE ?? '.', asked)
  if (await isFile(path)) {
    log.info(`Task definition from the file ${asked}`)
    return parseTaskDefinition(await readFile(path, 'utf8'), asked)
  }
  const registered = await calls.taskDefinition(asked)
  if (registered === undefined) {
    throw new ActionError(
      'not-found',
      `task-definition: "${asked}" is neither a file nor a registered task definition`,
      {
        hint: 'A path starts at the workspace: check out the repository before this step. A family or ARN must have an active revision in this account and Region.',
      },
    )
  }
  return fromRegistered(registered)
}

/** A file may hold what cannot be an image, such as a placeholder; Amazon ECS would register it and fail to pull it later. */
function assertImages({ definition }: WantedTaskDefinition): void {
  for (const { image, name } of containersOf(definition)) {
    if (typeof image !== 'string' || isImageReference(image)) continue
    throw new ActionError(
      'invalid-input',
      `The task definition has "${image}" as the image of container ${String(name)}, which is no image reference`,
      { hint: 'Was a placeholder in the file not replaced? The input images puts an image in.' },
    )
  }
}

/** The service's own revision first, then the newest of the family. */
async function activeRevisions(
  { calls }: Run,
  wanted: WantedTaskDefinition,
  current: Registered | undefined,
): Promise<Registered[]> {
  const family = familyOf(wanted.definition)
  const newest = await calls.taskDefinition(family)
  return [current, newest]
    .filter((each) => each !== undefined)
    .filter(({ definition }) => definition.family === family)
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
