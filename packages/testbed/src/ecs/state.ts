import type { Cluster, TaskDefinition } from './model.ts'

/** Everything that the ECS of one account and region holds. */
export interface EcsState {
  /** By name; deleted ones stay, marked inactive. */
  clusters: Map<string, Cluster>
  /** Family → its revisions in order, INACTIVE ones included: revision N is at index N - 1. */
  taskDefinitions: Map<string, TaskDefinition[]>
}

/** An account that has never used ECS. Like a real one it has no `default` cluster until somebody creates it. */
export function ecsState(): EcsState {
  return { clusters: new Map(), taskDefinitions: new Map() }
}
