import type { TargetGroupLookup } from '../elbv2/targets.ts'
import type { Clock } from '../time/clock.ts'
import type { JsonObject } from '../wire/json.ts'
import type { Place } from '../wire/place.ts'
import type { Call } from '../wire/service.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { EcsState } from './state.ts'
import type { Visibility } from './views/visibility.ts'

/** What the operations and views of ECS work on. */
export interface Ecs {
  state: EcsState
  scheduler: Scheduler
  clock: Clock
  place: Place
  visibility: Visibility
  targetGroups: TargetGroupLookup
}

/** An ECS operation: the decoded request in, the answer out; throws a ServiceError in AWS's words. */
export type EcsOperation = (ecs: Ecs, input: JsonObject, call: Call) => JsonObject
