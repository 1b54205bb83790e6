import type { TargetGroup } from '../../aws/elbv2.ts'
import type { EcrImages } from '../preflight/ecr-images.ts'
import type { PreflightCalls } from '../preflight/preflight-calls.ts'
import { taskPlatform } from '../preflight/task-platform.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import { type FailedProbe, failedProbe } from './failed-probe.ts'
import type { Observed, Scene } from './observed.ts'

export interface LookUpOptions {
  around: Pick<PreflightCalls, 'targetGroups'>
  images: Pick<EcrImages, 'exposedPorts'>
  trouble: (error: unknown) => void
}

type Found = Pick<Scene, 'exposed' | 'targetGroups'>

/** Reads what explains failed health checks of the load balancer, and nothing where there are none. What cannot be read is left out. */
export async function lookUp(observed: Observed, options: LookUpOptions): Promise<Found> {
  const probe = failedProbe(observed)
  if (probe === undefined) return { exposed: new Map(), targetGroups: [] }
  return {
    targetGroups: await targetGroupsOf(observed, options),
    exposed: await exposedBy(observed, probe, options),
  }
}

async function targetGroupsOf(
  { service }: Observed,
  { around, trouble }: LookUpOptions,
): Promise<readonly TargetGroup[]> {
  const arns = [...new Set(service.loadBalancers.map(({ targetGroupArn }) => targetGroupArn))]
  if (arns.length === 0) return []
  return (await orTold(() => around.targetGroups(arns), trouble)) ?? []
}

/** Only where nothing answers does it matter which ports the images declare. */
async function exposedBy(
  { definition, service }: Observed,
  { kind }: FailedProbe,
  { images, trouble }: LookUpOptions,
): Promise<Scene['exposed']> {
  const exposed = new Map<string, readonly number[]>()
  if (kind !== 'unanswered') return exposed
  const balanced = new Set(service.loadBalancers.map(({ containerName }) => containerName))
  for (const container of containersOf(definition)) {
    const name = textOf(container, 'name') ?? ''
    const image = textOf(container, 'image')
    if (image === undefined || !balanced.has(name)) continue
    const ports = await orTold(() => images.exposedPorts(image, taskPlatform(definition)), trouble)
    if (ports !== undefined) exposed.set(name, ports)
  }
  return exposed
}

/** undefined, and the error told, where it cannot be read: a diagnosis must not hide the failure itself. */
export async function orTold<T>(
  read: () => Promise<T>,
  trouble: (error: unknown) => void,
): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    trouble(error)
    return undefined
  }
}
