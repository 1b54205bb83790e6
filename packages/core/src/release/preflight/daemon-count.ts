import type { Service } from '../../aws/ecs-model.ts'
import type { Finding } from '../finding.ts'

/** A DAEMON service runs one task on each container instance. Source: API reference, UpdateService, `desiredCount`. */
export function daemonCountFindings(
  { name, schedulingStrategy }: Pick<Service, 'name' | 'schedulingStrategy'>,
  desiredCount: number | undefined,
): Finding[] {
  if (schedulingStrategy !== 'DAEMON' || desiredCount === undefined) return []
  return [
    {
      code: 'daemon-count',
      cause: `desired-count is ${desiredCount}, and ${name} is a DAEMON service, whose count is that of the container instances`,
      remedy: 'Leave the input desired-count out, or change how many container instances the cluster has.',
      evidence: [],
    },
  ]
}
