import type { Service } from '@ecs-release/core'
import type { Started } from './deploy.ts'
import type { Followed } from './follow.ts'

/** How far a run has come. */
export interface SoFar {
  before?: Service
  /** The task definition that UpdateService is called with, from the moment of the call on. */
  updating?: string
  started?: Started
  deploymentArn?: string
  followed?: Followed
  /** What comes after the release has ended; a cancelled rollback is not rolled back. */
  rollingBack?: boolean
}

/** Keeps a text for the post step as soon as it is known: a cancelled process may be killed at any moment. */
export type Save = (
  name: 'updating' | 'replacing' | 'deploymentArn' | 'told' | 'ended',
  value: string,
) => void

/** What the post step has to know of a run that did not end by itself. */
export interface Traces {
  taskDefinitionArn: string
  /** The PRIMARY deployment of before the call, which is nobody's to roll back here. */
  replacing: string
  deploymentArn: string | undefined
  /** Whether ECS was told to roll back, successfully or not. */
  told: boolean
}

/** What was saved; undefined for a run that had not called UpdateService, or had ended by itself. */
export function tracesOf(saved: (name: string) => string | undefined): Traces | undefined {
  const taskDefinitionArn = saved('updating')
  if (taskDefinitionArn === undefined || saved('ended') !== undefined) return undefined
  return {
    taskDefinitionArn,
    replacing: saved('replacing') ?? '',
    deploymentArn: saved('deploymentArn'),
    told: saved('told') !== undefined,
  }
}
