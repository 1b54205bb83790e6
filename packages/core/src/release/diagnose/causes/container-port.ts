import { isJsonObject } from '../../../aws/json.ts'
import type { Finding } from '../../finding.ts'
import { containerNamed } from '../../task-definition/document.ts'
import type { FailedProbe, ProbedPlace } from '../failed-probe.ts'
import { listeningIn } from '../listening.ts'
import { ownTasks, type Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { containerPort, gracePeriod } from '../texts/health.ts'
import { imageOf } from './image.ts'

/** Nobody listens where the load balancer looks, and the image or the log tells of another port. The log is the better witness. */
export function otherPort(scene: Scene, { evidence }: FailedProbe, place: ProbedPlace): Finding | undefined {
  const { container, port } = place
  if (container === undefined || port === undefined) return undefined
  const { exposed, logged, loopback } = containerPort.cases
  const listening = listeningIn(scene.lines)
  if (listening !== undefined && listening.port !== port) {
    return finding(containerPort, logged, { container, port, listens: listening.port }, evidence)
  }
  if (listening?.loopback) return finding(containerPort, loopback, { container, port }, evidence)
  const declared = scene.exposed.get(container) ?? []
  if (listening !== undefined || declared.length === 0 || declared.includes(port)) return undefined
  const values = { container, port, image: imageOf(scene, container), exposed: declared.join(' and ') }
  return finding(containerPort, exposed, values, evidence)
}

/** Who has had that long and does not listen will not. Seconds. */
const enoughForAnybody = 120

/**
 * Health checks count too early. That a program still starts does not show by itself, so it takes a sign that it would listen on
 * that port in the end: its image declares the port, its log tells of it, its container may take longer than the grace period, or
 * another task of the deployment got through.
 */
export function stoppedTooEarly(
  scene: Scene,
  { evidence }: FailedProbe,
  { container, port }: ProbedPlace,
): Finding | undefined {
  const grace = scene.service.healthCheckGracePeriod
  if (container === undefined || port === undefined || grace >= enoughForAnybody) return undefined
  const startPeriod = startPeriodOf(scene, container)
  if (startPeriod > grace) {
    return finding(gracePeriod, gracePeriod.cases.startPeriod, { port, grace, startPeriod }, evidence)
  }
  const declared = scene.exposed.get(container)?.includes(port) ?? false
  const told = listeningIn(scene.lines)?.port === port
  return declared || told || someGotThrough(scene)
    ? finding(gracePeriod, gracePeriod.cases.short, { port, grace }, evidence)
    : undefined
}

function someGotThrough(scene: Scene): boolean {
  const own = new Set(ownTasks(scene).flatMap(({ address }) => address ?? []))
  return scene.targets.some(({ id, state }) => state === 'healthy' && own.has(id))
}

/** Seconds; 0 where there is none. */
function startPeriodOf(scene: Scene, container: string): number {
  const check = containerNamed(scene.definition, container)?.healthCheck
  return isJsonObject(check) && typeof check.startPeriod === 'number' ? check.startPeriod : 0
}
