import { CHECKED_OUT, INPUTS, REVISION } from './identity.ts'

export const CREATED = 'org.opencontainers.image.created'

type Labels = Readonly<Record<string, string>>

/** Whether a commit is known to come before another one. */
export type ComesBefore = (earlier: string, later: string) => Promise<boolean>

/**
 * By what an image of this action is known to be of a later commit than ours: by git, where the clone shows which comes first, or else by the
 * times of the commits that both bear. undefined where it is not later or nothing is known: for images of others, which bear the time of their
 * build, for those without a commit's time, and where one is of a pull request's merge, whose time says nothing of its head.
 */
export async function newerBy(
  theirs: Labels,
  ours: Labels,
  comesBefore: ComesBefore,
): Promise<'git' | 'time' | undefined> {
  if (theirs[INPUTS] === undefined || isSame(theirs, ours)) return undefined
  if (isMerge(theirs) !== isMerge(ours)) return undefined
  const [their, our] = [theirs[CHECKED_OUT] ?? '', ours[CHECKED_OUT] ?? '']
  if (await comesBefore(their, our)) return undefined
  if (await comesBefore(our, their)) return 'git'
  return isLater(theirs, ours) ? 'time' : undefined
}

/** The tags name the commit of the run, which can build one commit of another repository today and the next one tomorrow. */
function isSame(theirs: Labels, ours: Labels): boolean {
  if (theirs[REVISION] !== ours[REVISION]) return false
  const [their, our] = [theirs[CHECKED_OUT], ours[CHECKED_OUT]]
  return their === undefined || our === undefined || their === our
}

function isMerge(labels: Labels): boolean {
  return labels[CHECKED_OUT] !== labels[REVISION]
}

function isLater(theirs: Labels, ours: Labels): boolean {
  const [their, our] = [timeOf(theirs), timeOf(ours)]
  return their !== undefined && our !== undefined && their > our
}

/** Milliseconds since the epoch, which itself stands for a commit without a time. */
function timeOf(labels: Labels): number | undefined {
  const time = Date.parse(labels[CREATED] ?? '')
  return Number.isNaN(time) || time === 0 ? undefined : time
}
