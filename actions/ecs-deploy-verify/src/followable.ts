import {
  ActionError,
  awsErrorName,
  correlate,
  deploymentFromServices,
  type ServiceDeployment,
} from '@ecs-release/core'
import type { Started } from './deploy.ts'
import type { Run } from './run.ts'

/** A deployment that can be looked at again and again. */
export interface Followable {
  /** undefined where the role may not read service deployments. */
  arn: string | undefined
  look(): Promise<ServiceDeployment>
}

/** An old deployment that ECS no longer lists is not waited for long. Milliseconds. */
const oldListing = 15_000

/**
 * Finds the service deployment that belongs to what was started; undefined when ECS does not list it by the deadline. Where the role
 * may not read service deployments, it is read out of the service instead.
 */
export async function followable(
  run: Run,
  started: Started,
  deadline: number,
): Promise<Followable | undefined> {
  const { calls, clock, log, signal, trouble } = run
  const { isNew, primary } = started
  const listedBy = isNew ? deadline : Math.min(deadline, clock.now() + oldListing)
  try {
    const brief = await correlate(primary, { calls, clock, deadline: listedBy, trouble, signal })
    if (brief === undefined) return undefined
    log.info(`Following ${brief.arn}`)
    return { arn: brief.arn, look: lookAt(run, started, brief.arn) }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return { arn: undefined, look: orFromServices(run, started, () => Promise.reject(error)) }
  }
}

/** Looks at a service deployment, or at its service where the role may not. */
export function lookAt(run: Run, started: Started, arn: string): Followable['look'] {
  return orFromServices(run, started, () => run.calls.deployment(arn))
}

/** The looks of the first kind, until one is refused; then those of the second. */
function orFromServices(
  run: Run,
  { before, primary }: Started,
  look: () => Promise<ServiceDeployment>,
): Followable['look'] {
  const earlier = before.deployments.map(({ id }) => id).filter((id) => id !== primary.id)
  const read = deploymentFromServices({ deploymentId: primary.id, createdAt: primary.createdAt, earlier })
  const fromServices = async () => read(await run.calls.service())
  let refused = false
  return async () => {
    if (refused) return fromServices()
    try {
      return await look()
    } catch (error) {
      if (!isUnavailable(error)) throw error
      refused = true
      tell(run, error)
      return fromServices()
    }
  }
}

function tell({ annotate, logbook }: Run, error: ActionError): void {
  const how = 'The deployment is followed by DescribeServices instead, which shows its end somewhat later'
  const text = `${error.message}. ${how}.${error.hint === undefined ? '' : ` ${error.hint}`}`
  if (annotate('notice', text)) logbook.note(`${error.message}; followed by DescribeServices`)
}

/** Denied to this role, or not offered in this Region or for this kind of service. */
function isUnavailable(error: unknown): error is ActionError {
  if (!(error instanceof ActionError)) return false
  return error.code === 'access-denied' || awsErrorName(error) === 'UnsupportedFeatureException'
}
