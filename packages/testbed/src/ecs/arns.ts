import { arn, type Place } from '../wire/place.ts'

/* The ARN forms of ecs-model.md section 0. */

export function clusterArn(place: Place, name: string): string {
  return arn(place, 'ecs', `cluster/${name}`)
}

export function serviceArn(place: Place, cluster: string, name: string): string {
  return arn(place, 'ecs', `service/${cluster}/${name}`)
}

export function taskArn(place: Place, cluster: string, id: string): string {
  return arn(place, 'ecs', `task/${cluster}/${id}`)
}

export function taskDefinitionArn(place: Place, family: string, revision: number): string {
  return arn(place, 'ecs', `task-definition/${family}:${revision}`)
}

/** The role that a task definition names by its ARN or, in this account, by its name alone. */
export function roleArn({ accountId, partition }: Place, given: string): string {
  return given.startsWith('arn:') ? given : `arn:${partition}:iam::${accountId}:role/${given}`
}

/** What follows `kind/` in an ARN of this account and region; a plain name as it is; undefined for any other ARN. */
export function localName(place: Place, kind: string, given: string): string | undefined {
  if (!given.startsWith('arn:')) return given
  const prefix = arn(place, 'ecs', `${kind}/`)
  return given.startsWith(prefix) ? given.slice(prefix.length) : undefined
}

/** The same for ARNs `kind/CLUSTER/…/LAST`, whose parameter also accepts the last part alone. */
export function lastName(
  place: Place,
  kind: string,
  given: string,
): { cluster?: string; name: string } | undefined {
  const local = localName(place, kind, given)
  if (local === undefined || local === given) return local === undefined ? undefined : { name: given }
  const slash = local.indexOf('/')
  // The short form without the cluster is what accounts had before the longer ARNs of 2018.
  return slash < 0 ? { name: local } : { cluster: local.slice(0, slash), name: local.slice(slash + 1) }
}
