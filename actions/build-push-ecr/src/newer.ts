import { CHECKED_OUT, INPUTS, REVISION } from './identity.ts'

export const CREATED = 'org.opencontainers.image.created'

type Labels = Readonly<Record<string, string>>

/**
 * Whether an image of this action is of a later commit than ours, by the times of the commits that both bear. False where that is not
 * known: for images of others, which bear the time of their build, for those without a commit's time, and where one is of a pull request's
 * merge, whose time says nothing of its head.
 */
export function isNewer(theirs: Labels, ours: Labels): boolean {
  if (theirs[INPUTS] === undefined || theirs[REVISION] === ours[REVISION]) return false
  if (isMerge(theirs) !== isMerge(ours)) return false
  const [their, our] = [timeOf(theirs), timeOf(ours)]
  return their !== undefined && our !== undefined && their > our
}

function isMerge(labels: Labels): boolean {
  return labels[CHECKED_OUT] !== labels[REVISION]
}

/** Milliseconds since the epoch, which itself stands for a commit without a time. */
function timeOf(labels: Labels): number | undefined {
  const time = Date.parse(labels[CREATED] ?? '')
  return Number.isNaN(time) || time === 0 ? undefined : time
}
