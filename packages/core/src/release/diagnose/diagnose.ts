import type { Finding } from '../finding.ts'
import { crashes } from './causes/crash.ts'
import { alarms, circuitBreakers, noRollbackCandidates, unknown } from './causes/ending.ts'
import { containerHealthChecks } from './causes/health-check.ts'
import { imageFailures } from './causes/image.ts'
import { loadBalancerHealthChecks } from './causes/load-balancer.ts'
import { networkFailures } from './causes/network.ts'
import { lackingPlaces, placementFailures } from './causes/placement.ts'
import { secretFailures } from './causes/secrets.ts'
import { startFailures } from './causes/start.ts'
import { relevantEvents, type Scene } from './observed.ts'
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
}

/** What made tasks fail, the most telling first. */
const causes = [
  imageFailures,
  networkFailures,
  secretFailures,
  placementFailures,
  startFailures,
  crashes,
  loadBalancerHealthChecks,
  containerHealthChecks,
  alarms,
]

/** Names the causes that what was seen proves, and collects what a person would look up next. */
export function diagnose(scene: Scene): Diagnosis {
  const found = causes.flatMap((cause) => cause(scene))
  const told = found.length > 0 ? found : lackingPlaces(scene)
  const [first = unknown(scene), ...others] = told.map(shortened)
  return {
    findings: [first, ...others, ...noRollbackCandidates(scene), ...circuitBreakers(scene)],
    stopped: stoppedGroups(scene),
    targets: scene.targets
      .filter(({ state }) => state !== 'healthy' && state !== 'draining')
      .map(({ id, port, state, reason, description }) =>
        [`${id}:${port} ${state}`, reason, description].filter((text) => text !== undefined).join(' · '),
      ),
    events: relevantEvents(scene),
  }
}

/** A few of a hundred tasks that failed alike are enough, and outputs have a size limit. */
function shortened(finding: Finding): Finding {
  return { ...finding, evidence: finding.evidence.slice(0, 5) }
}
