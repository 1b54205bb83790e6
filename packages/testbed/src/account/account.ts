import type { Place } from '../wire/place.ts'
import { type Alarms, alarms } from './alarms.ts'
import { type Fargate, fargate } from './fargate.ts'
import { type Network, network } from './network.ts'
import { type Roles, roles } from './roles.ts'
import { type Secrets, secrets } from './secrets.ts'

/** What surrounds tasks in an AWS account and can keep them from starting or from being reached. */
export interface Account {
  network: Network
  roles: Roles
  secrets: Secrets
  fargate: Fargate
  alarms: Alarms
}

/** An account in which nothing stands in a task's way. */
export function account(place: Place): Account {
  return { network: network(), roles: roles(), secrets: secrets(place), fargate: fargate(), alarms: alarms() }
}
