import type { Finding } from '../../finding.ts'
import { type FailedProbe, failedProbe, type ProbedPlace, probedPlace } from '../failed-probe.ts'
import type { Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { loadBalancerHealthCheck } from '../texts/health.ts'
import { otherPort, stoppedTooEarly } from './container-port.ts'
import { closedSecurityGroup } from './security-group.ts'

/** Why the load balancer finds the tasks of the deployment unhealthy: the one cause that fits what its health checks met. */
export function loadBalancerHealthChecks(scene: Scene): Finding[] {
  const probe = failedProbe(scene)
  if (probe === undefined) return []
  const place = probedPlace(scene, probe)
  switch (probe.kind) {
    case 'codes':
      return [wrongCode(probe, place) ?? unexplained(probe)]
    case 'timed-out':
      return [closedSecurityGroup(scene, probe, place) ?? slow(probe, place) ?? unexplained(probe)]
    case 'unanswered':
      return [
        otherPort(scene, probe, place) ??
          stoppedTooEarly(scene, probe, place) ??
          refused(probe, place) ??
          unexplained(probe),
      ]
    case 'unknown':
      return [unexplained(probe)]
  }
}

const { cases } = loadBalancerHealthCheck

/** The health check has a port of its own where the target group fixes one. */
function checkedAt({
  group,
  port,
}: ProbedPlace): { group: string; path: string; port: string | number } | undefined {
  if (group === undefined || port === undefined) return undefined
  const { healthCheckPath: path, healthCheckPort, name } = group
  return { group: name, path, port: healthCheckPort === 'traffic-port' ? port : healthCheckPort }
}

function wrongCode({ evidence, said = '' }: FailedProbe, place: ProbedPlace): Finding | undefined {
  const at = checkedAt(place)
  const [, codes] = /\[([^\]]+)\]/.exec(said) ?? []
  if (at === undefined || place.group === undefined || codes === undefined) return undefined
  const { matcher } = place.group
  return finding(loadBalancerHealthCheck, cases.codes, { ...at, codes, matcher }, evidence)
}

function slow({ evidence }: FailedProbe, place: ProbedPlace): Finding | undefined {
  const at = checkedAt(place)
  if (at === undefined || place.group === undefined) return undefined
  const timeout = place.group.healthCheckTimeout
  return finding(loadBalancerHealthCheck, cases.slow, { ...at, timeout }, evidence)
}

function refused({ evidence }: FailedProbe, place: ProbedPlace): Finding | undefined {
  const at = checkedAt(place)
  return at && finding(loadBalancerHealthCheck, cases.refused, at, evidence)
}

function unexplained({ evidence, said }: FailedProbe): Finding {
  return said === undefined
    ? finding(loadBalancerHealthCheck, cases.plain, {}, evidence)
    : finding(loadBalancerHealthCheck, cases.unknown, { said }, evidence)
}
