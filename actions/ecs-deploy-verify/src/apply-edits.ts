import {
  assertEdits,
  edited,
  imagesByContainer,
  type VariableChange,
  type WantedTaskDefinition,
  withImages,
  withVariables,
} from '@ecs-release/core'
import type { Run } from './run.ts'

/** The task definition with what the inputs put into it. */
export interface Edited {
  definition: WantedTaskDefinition
  /** The images that the input named, by container. */
  images: ReadonlyMap<string, string>
}

/** Puts images, environment variables and secrets in, and tells what changes: names, never values. */
export function applyEdits(
  { annotate, inputs, log }: Pick<Run, 'annotate' | 'inputs' | 'log'>,
  wanted: WantedTaskDefinition,
): Edited {
  const asked = {
    images: inputs.images ?? [],
    variables: inputs.environmentVariables ?? [],
    secrets: inputs.secrets ?? [],
  }
  assertEdits(wanted.definition, asked)
  const images = imagesByContainer(wanted.definition, asked.images)
  const { changes, definition } = withVariables(withImages(wanted.definition, images), asked)
  for (const [container, image] of images) log.info(`Container ${container} gets the image ${image}`)
  for (const change of changes) log.info(changeLine(change))
  const absent = changes
    .filter(({ change }) => change === 'absent')
    .map(({ container, name, kind }) => `${kindWords[kind]} ${name} of container ${container}`)
  if (absent.length > 0)
    annotate('notice', `Not removed, as the task definition does not have it: ${absent.join(', ')}`)
  return { definition: edited(wanted, definition), images }
}

/** Whether the inputs say what is to be deployed. UpdateService gets a task definition only then. */
export function namesDefinition({
  environmentVariables,
  images,
  secrets,
  taskDefinition,
}: Run['inputs']): boolean {
  return [environmentVariables, images, secrets, taskDefinition].some((each) => each !== undefined)
}

const kindWords = { variable: 'environment variable', secret: 'secret' } as const

const changeWords = {
  added: 'new',
  changed: 'changed',
  unchanged: 'unchanged',
  removed: 'removed',
  absent: 'not there to be removed',
} as const

function changeLine({ change, container, kind, name }: VariableChange): string {
  const subject = `Container ${container}: ${kindWords[kind]} ${name}`
  if (change !== 'moved') return `${subject} ${changeWords[change]}`
  return `${subject} new, in place of the ${kindWords[kind === 'secret' ? 'variable' : 'secret']} of that name`
}
