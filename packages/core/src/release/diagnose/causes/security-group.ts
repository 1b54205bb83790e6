import type { TaskNetwork } from '../../../aws/ecs-model.ts'
import type { Finding } from '../../finding.ts'
import type { FailedProbe, ProbedPlace } from '../failed-probe.ts'
import { ownNetwork, ownTasks, type Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { securityGroup } from '../texts/health.ts'

/**
 * Health checks that time out are dropped on the way, or accepted and not answered. Where the load balancer reaches the tasks of
 * another deployment on the same port and through the same security groups, it is not they that drop.
 */
export function closedSecurityGroup(
  scene: Scene,
  { evidence, said = '' }: FailedProbe,
  { port }: ProbedPlace,
): Finding | undefined {
  const own = ownNetwork(scene)
  if (port === undefined || own === undefined) return undefined
  const groups = own.securityGroups.join(', ') || 'of the VPC (default)'
  const { changed, closed } = securityGroup.cases
  if (!reachesOthers(scene, port)) return finding(securityGroup, closed, { port, groups, said }, evidence)
  const others = otherNetworks(scene).find((network) => namesOf(network) !== namesOf(own))
  return (
    others &&
    finding(securityGroup, changed, { port, groups, others: others.securityGroups.join(', ') }, evidence)
  )
}

function reachesOthers(scene: Scene, port: number): boolean {
  const own = new Set(ownTasks(scene).flatMap(({ address }) => address ?? []))
  return scene.targets.some(
    (target) => target.state === 'healthy' && target.port === port && !own.has(target.id),
  )
}

function otherNetworks({ deploymentId, service }: Scene): TaskNetwork[] {
  return service.deployments.flatMap(({ id, network }) => (id === deploymentId ? [] : (network ?? [])))
}

function namesOf({ securityGroups }: TaskNetwork): string {
  return securityGroups.toSorted().join()
}
