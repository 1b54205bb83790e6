import { ActionError } from '../../action/action-error.ts'
import type { Finding } from '../finding.ts'
import { taskDefinitionIsInactive } from './causes/placement.ts'

/**
 * What is known of an update that ECS did not accept; undefined where its own words have to do. `definition` is the ARN that it was
 * called with.
 */
export function refusedUpdate(error: unknown, definition: string): Finding | undefined {
  if (!(error instanceof Error)) return undefined
  // The message of an ActionError quotes that of AWS, which is its cause.
  if (error instanceof ActionError) return refusedUpdate(error.cause, definition)
  return error.message === 'TaskDefinition is inactive'
    ? taskDefinitionIsInactive(definition, error.message)
    : undefined
}
