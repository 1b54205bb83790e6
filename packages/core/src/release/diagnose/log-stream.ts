import { isJsonObject, type JsonObject } from '../../aws/json.ts'
import { containerNamed, textOf } from '../task-definition/document.ts'

/** Where a container writes its log. */
export interface LogStream {
  group: string
  stream: string
  /** undefined means the service's own Region. */
  region: string | undefined
}

/**
 * The stream of a container that logs with the awslogs driver: `prefix/container/task-id`. undefined with another driver, or
 * without a prefix, as the stream is then named by a container id that the ECS API does not show.
 * Source: Amazon ECS, "Send Amazon ECS logs to CloudWatch", awslogs-stream-prefix.
 */
export function logStreamOf(
  definition: JsonObject,
  container: string,
  taskId: string,
): LogStream | undefined {
  const found = containerNamed(definition, container)
  const configuration = found?.logConfiguration
  if (!isJsonObject(configuration) || configuration.logDriver !== 'awslogs') return undefined
  if (!isJsonObject(configuration.options)) return undefined
  const group = textOf(configuration.options, 'awslogs-group')
  const prefix = textOf(configuration.options, 'awslogs-stream-prefix')
  if (group === undefined || prefix === undefined) return undefined
  return {
    group,
    stream: `${prefix}/${container}/${taskId}`,
    region: textOf(configuration.options, 'awslogs-region'),
  }
}
