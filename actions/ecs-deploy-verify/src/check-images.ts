import {
  ActionError,
  type Finding,
  messageOf,
  type Outcome,
  type Preflight,
  preflight,
  type Service,
  taskPlatform,
} from '@ecs-release/core'
import { nameOf } from './dry-run.ts'
import type { Prepared } from './prepare.ts'
import type { Run } from './run.ts'

/** What is known of the images before anything is written. */
export type Checked = Pick<Preflight, 'digests' | 'findings'>

/** Looks at the images of what is to be deployed. When nothing is, what runs already has its images. */
export async function checkImages(run: Run, { plan }: Prepared): Promise<Checked> {
  const { forceNewDeployment, images, taskDefinition } = run.inputs
  if (images === undefined && taskDefinition === undefined && !forceNewDeployment) {
    return { digests: new Map(), findings: [] }
  }
  return run.log.group('Images', async () => {
    const known = await preflight(plan.definition, run.images)
    tell(run, known, taskPlatform(plan.definition))
    return known
  })
}

function tell({ log, logbook }: Run, known: Preflight, platform: string | undefined): void {
  const { digests, elsewhere, findings, unchecked } = known
  for (const [container, digest] of digests) log.info(`Container ${container}: Amazon ECR has ${digest}`)
  if (platform === undefined && digests.size > 0) {
    log.info('Their CPU architecture was not checked: the task definition does not say on which one it runs')
  }
  for (const line of elsewhere) log.info(`Not checked: ${line}`)
  for (const { cause } of findings) log.info(`Cause: ${cause}`)
  for (const [text, { containers, hint }] of grouped(unchecked)) {
    const line = `Not checked before the deployment: ${containers.join(', ')}. ${text}`
    log.notice(hint === undefined ? line : `${line}. ${hint}`)
    logbook.note(line)
  }
}

/** What could not be looked at by the reason, as GitHub shows ten notices of a step. */
function grouped(
  unchecked: Preflight['unchecked'],
): Map<string, { containers: string[]; hint: string | undefined }> {
  const groups = new Map<string, { containers: string[]; hint: string | undefined }>()
  for (const { container, error, what } of unchecked) {
    const group = groups.get(error.message) ?? { containers: [], hint: error.hint }
    group.containers.push(`the ${what} of container ${container}`)
    groups.set(error.message, group)
  }
  return groups
}

export interface Refusal {
  outcome: Outcome
  message: string
  findings: readonly Finding[]
  taskDefinitionArn: string | undefined
}

/** How a run ends that would deploy what cannot run; undefined when nothing speaks against it. */
export function refusal(before: Service, { plan }: Prepared, { findings }: Checked): Refusal | undefined {
  const [first] = findings
  if (first === undefined) return undefined
  const outcome: Outcome = { kind: 'refused', cause: first.cause }
  return {
    outcome,
    message: messageOf(outcome, { service: before.name, what: nameOf(plan) }),
    findings,
    taskDefinitionArn: plan.kind === 'reuse' ? plan.arn : undefined,
  }
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
