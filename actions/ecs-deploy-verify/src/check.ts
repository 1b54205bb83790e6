import {
  type Checks,
  checkService,
  deploymentInProgressFinding,
  type Finding,
  type InProgress,
  messageOf,
  type Outcome,
  type Preflight,
  type Service,
} from '@ecs-release/core'
import { namesDefinition } from './apply-edits.ts'
import { checkCredentials } from './check-credentials.ts'
import { checkImages } from './check-images.ts'
import { nameOf } from './dry-run.ts'
import type { Prepared } from './prepare.ts'
import type { Run } from './run.ts'

/** What is known before anything is written. */
export type Checked = Pick<Preflight, 'digests' | 'findings' | 'unasked'>

/** What is to be checked. */
export interface Checkable {
  before: Service
  prepared: Prepared
  /** A deployment of somebody else that has not ended. */
  other: InProgress | undefined
}

/** Makes every check at the same time and tells all that speaks against the deployment. When nothing is to be deployed, what runs already has passed. */
export async function check(run: Run, { before, other, prepared }: Checkable): Promise<Checked> {
  const { inputs, log, preflightCalls } = run
  const deploys = namesDefinition(inputs) || inputs.forceNewDeployment
  const rolls = startsDeployment(run, before, prepared)
  const { desiredCount } = inputs
  const definition = deploys ? prepared.plan.definition : undefined
  return log.group('Preflight', async () => {
    const [service, images] = await Promise.all([
      checkService({ service: before, definition, rolls, desiredCount }, preflightCalls),
      deploys ? checkImages(run, prepared) : noImages,
    ])
    const findings = [
      ...(rolls ? checkCredentials(run) : []),
      ...service.findings,
      ...images.findings,
      ...(other !== undefined && inputs.concurrency === 'fail'
        ? [deploymentInProgressFinding(other, undefined)]
        : []),
    ]
    for (const { cause } of findings) log.info(`Cause: ${cause}`)
    const unchecked = [...service.unchecked, ...images.unchecked]
    tellUnchecked(run, unchecked)
    if (deploys && findings.length === 0)
      log.info(nothingSpeaksAgainst(unchecked.length + images.elsewhere.length === 0))
    return { digests: images.digests, unasked: images.unasked, findings }
  })
}

/** What a preflight without findings tells. */
export function nothingSpeaksAgainst(everything: boolean): string {
  const nothing = 'nothing was found that would let the deployment fail'
  return everything ? `N${nothing.slice(1)}` : `In what could be checked, ${nothing}`
}

const noImages: Preflight = {
  digests: new Map(),
  findings: [],
  elsewhere: [],
  unchecked: [],
  unasked: new Map(),
}

/** Whether UpdateService will start a deployment. A count alone does not, and neither does the task definition that the service has. */
export function startsDeployment({ inputs }: Run, before: Service, { plan }: Prepared): boolean {
  if (inputs.forceNewDeployment) return true
  return namesDefinition(inputs) && (plan.kind === 'register' || plan.arn !== before.taskDefinitionArn)
}

/** One notice for each reason, as GitHub shows ten notices of a step. */
function tellUnchecked({ annotate, logbook }: Run, unchecked: Checks['unchecked']): void {
  const groups = Map.groupBy(unchecked, ({ error }) => error.message)
  for (const [reason, group] of groups) {
    const line = `Not checked before the deployment: ${group.map(({ what }) => what).join(', ')}. ${reason}`
    const hint = group[0]?.error.hint
    if (annotate('notice', hint === undefined ? line : `${line}. ${hint}`)) logbook.note(line)
  }
}

export interface Refusal {
  outcome: Outcome
  message: string
  findings: readonly Finding[]
  taskDefinitionArn: string | undefined
}

/** How a run ends that would deploy what cannot run; undefined when nothing speaks against it. */
export function refusal(before: Service, { plan }: Prepared, { findings }: Checked): Refusal | undefined {
  const [first, ...others] = findings
  if (first === undefined) return undefined
  const more =
    others.length === 0
      ? ''
      : `, and ${others.length === 1 ? 'one more problem' : `${others.length} more problems`}`
  const outcome: Outcome = { kind: 'refused', cause: `${first.cause}${more}` }
  return {
    outcome,
    message: messageOf(outcome, { service: before.name, what: nameOf(plan) }),
    findings,
    taskDefinitionArn: plan.kind === 'reuse' ? plan.arn : undefined,
  }
}
