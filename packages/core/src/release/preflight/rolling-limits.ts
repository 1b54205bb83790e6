import type { Service } from '../../aws/ecs-model.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { cannotRoll } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'

type Rolling = Pick<
  Service,
  'deploymentStrategy' | 'maximumPercent' | 'minimumHealthyPercent' | 'runningCount' | 'schedulingStrategy'
>

/** Source: API reference, DeploymentConfiguration: the defaults of the two scheduling strategies. */
const defaults = { REPLICA: { minimum: 100, maximum: 200 }, DAEMON: { minimum: 0, maximum: 100 } } as const

/**
 * A rolling deployment to `desired` tasks that can neither stop an old task nor start a new one. The minimum is rounded up and the
 * maximum down. With no old task running there is always room. Source: API reference, DeploymentConfiguration.
 */
export function rollingLimitFindings(service: Rolling, desired: number): Finding[] {
  const { deploymentStrategy, runningCount, schedulingStrategy } = service
  if (deploymentStrategy !== 'ROLLING' || desired === 0 || runningCount === 0) return []
  const usual = schedulingStrategy === 'DAEMON' ? defaults.DAEMON : defaults.REPLICA
  const minimumPercent = service.minimumHealthyPercent ?? usual.minimum
  const maximumPercent = service.maximumPercent ?? usual.maximum
  const minimum = Math.ceil((desired * minimumPercent) / 100)
  const maximum = Math.floor((desired * maximumPercent) / 100)
  if (minimum < desired || maximum > desired) return []
  const count = desired === 1 ? '1 task' : `${desired} tasks`
  const percent = Math.floor(((desired - 1) * 100) / desired)
  const lowered = percent === 0 ? '0' : `${percent} or less`
  const raised = Math.ceil(((desired + 1) * 100) / desired)
  const limits = { minimumPercent, maximumPercent, count, minimum, maximum, lowered }
  // The maximum of a DAEMON service has to stay at 100.
  return schedulingStrategy === 'DAEMON'
    ? [finding(cannotRoll, cannotRoll.cases.daemon, limits, [])]
    : [finding(cannotRoll, cannotRoll.cases.replica, { ...limits, raised }, [])]
}
