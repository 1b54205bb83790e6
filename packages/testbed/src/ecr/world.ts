import type { Repositories } from '../images/repositories.ts'
import type { Clock } from '../time/clock.ts'
import type { JsonObject } from '../wire/json.ts'
import { arn, type Place } from '../wire/place.ts'
import type { Call } from '../wire/service.ts'
import type { EcrConsistency } from './consistency.ts'
import type { LayerStore } from './registry/layer-store.ts'
import type { RepositoryRecords } from './repository-record.ts'
import type { Scans } from './scans.ts'
import type { Tokens } from './tokens.ts'

/** Everything that ECR's API and its registry share. */
export interface EcrWorld {
  readonly place: Place
  readonly clock: Clock
  /** `ADDRESS:PORT` where the registry listens: the host of every `repositoryUri`. */
  readonly host: string
  readonly repositories: Repositories
  readonly records: RepositoryRecords
  readonly tokens: Tokens
  readonly scans: Scans
  readonly consistency: EcrConsistency
  /** Where the registry and GetDownloadUrlForLayer lead to. */
  readonly layers: LayerStore
  /** By name, e.g. `BLOB_MOUNTING`. */
  readonly accountSettings: Map<string, string>
}

export type EcrOperation = (ecr: EcrWorld, input: JsonObject, call: Call) => JsonObject

export function repositoryArn(place: Place, name: string): string {
  return arn(place, 'ecr', `repository/${name}`)
}
