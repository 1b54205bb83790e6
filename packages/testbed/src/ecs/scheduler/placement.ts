import type { Placement } from '../../account/network.ts'
import { object, optionalText, textList } from '../../wire/input.ts'
import type { Cluster, ServiceRevision } from '../model.ts'

/** Where the next task's network interface goes: one subnet after the other. undefined for tasks without one of their own. */
export function placementOf({ raw }: ServiceRevision, { tasks }: Cluster): Placement | undefined {
  const awsvpc = object(object(raw, 'networkConfiguration') ?? {}, 'awsvpcConfiguration')
  if (awsvpc === undefined) return undefined
  const subnets = textList(awsvpc, 'subnets')
  return {
    subnet: subnets[tasks.size % subnets.length] ?? '',
    securityGroups: textList(awsvpc, 'securityGroups'),
    publicAddress: optionalText(awsvpc, 'assignPublicIp') === 'ENABLED',
  }
}
