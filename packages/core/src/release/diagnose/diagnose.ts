import type { Finding } from '../finding.ts'
import { crashOnStart, outOfMemory } from './causes/crash.ts'
import { circuitBreaker, noRollbackCandidate, unknownFailure } from './causes/ending.ts'
import { containerHealthCheck, loadBalancerHealthCheck } from './causes/health-check.ts'
import { imageMissing } from './causes/image.ts'
import { deathIn } from './death.ts'
import { failedTasks, type Observed, relevantEvents } from './observed.ts'
import { type StoppedGroup, stoppedGroups } from './stopped-groups.ts'

/** Why a deployment did not succeed, as far as AWS tells. */
export interface Diagnosis {
  /** The likeliest cause first; never empty. */
  findings: readonly [Finding, ...Finding[]]
  stopped: readonly StoppedGroup[]
  /** One line per target that is neither healthy nor on its way out. AWS's words. */
  targets: readonly string[]
  /** The service's events that may have to do with it, oldest first. AWS's words. */
  events: readonly string[]
  /** The container whose log may tell more. */
  suspect: { task: string; container: string } | undefined
}

/** What made tasks fail, the most telling first. */
const causes = [imageMissing, outOfMemory, crashOnStart, containerHealthCheck, loadBalancerHealthCheck]

/** Names the causes that what was seen proves, and collects what a person would look up next. */
export function diagnose(observed: Observed): Diagnosis {
  const found = causes.flatMap((cause) => cause(observed) ?? []).map(shortened)
  const [first = unknownFailure(observed), ...others] = found
  const ending = [noRollbackCandidate(observed), circuitBreaker(observed)].filter(
    (finding) => finding !== undefined,
  )
  return {
    findings: [first, ...others, ...ending],
    stopped: stoppedGroups(observed),
    targets: observed.targets
      .filter(({ state }) => state !== 'healthy' && state !== 'draining')
      .map(({ id, port, state, reason, description }) =>
        [`${id}:${port} ${state}`, reason, description].filter((text) => text !== undefined).join(' · '),
      ),
    events: relevantEvents(observed),
    suspect: suspectOf(observed),
  }
}

/** A few of a hundred tasks that failed alike are enough, and outputs have a size limit. */
function shortened(finding: Finding): Finding {
  return { ...finding, evidence: finding.evidence.slice(0, 5) }
}

/** The newest failed task whose containers ran; in it the one that died, else the one behind the load balancer. */
function suspectOf(observed: Observed): Diagnosis['suspect'] {
  const [task] = failedTasks(observed)
    .filter(
      ({ startedAt, containers }) =>
        startedAt !== undefined || containers.some(({ exitCode }) => exitCode !== undefined),
    )
    .toSorted((one, other) => (other.stoppedAt?.getTime() ?? 0) - (one.stoppedAt?.getTime() ?? 0))
  if (task === undefined) return undefined
  const death =
    task.stopCode === 'EssentialContainerExited' ? deathIn(task, observed.definition)?.container : undefined
  const container = death ?? observed.service.loadBalancers[0]?.containerName ?? task.containers[0]?.name
  return container === undefined ? undefined : { task: task.id, container }
}
