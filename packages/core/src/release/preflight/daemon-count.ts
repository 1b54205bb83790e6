import type { Service } from '../../aws/ecs-model.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { daemonCount as text } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'

/** A DAEMON service runs one task on each container instance. Source: API reference, UpdateService, `desiredCount`. */
export function daemonCountFindings(
  { name, schedulingStrategy }: Pick<Service, 'name' | 'schedulingStrategy'>,
  desiredCount: number | undefined,
): Finding[] {
  if (schedulingStrategy !== 'DAEMON' || desiredCount === undefined) return []
  return [finding(text, text.cases.given, { count: desiredCount, service: name }, [])]
}
