import { finding } from '../diagnose/texts/finding-text.ts'
import { digestNotProvable } from '../diagnose/texts/proof.ts'
import type { Proof } from './proof.ts'

/**
 * Why nothing can be said of a deployment that was there before and has not completed by what DescribeServices shows: tasks that run now say
 * nothing of those that it may still start or stop. `state` is its rollout state.
 */
export function unseenDeployment(
  kind: 'unlisted' | 'undescribed',
  { id, rolloutState = 'not told' }: { id: string; rolloutState: string | undefined },
): Extract<Proof, { kind: 'not-provable' }> {
  const { undescribed, unlisted } = digestNotProvable.cases
  const text = kind === 'unlisted' ? unlisted : undescribed
  const values = { deployment: id, state: rolloutState }
  return { kind: 'not-provable', tasks: [], finding: finding(digestNotProvable, text, values, []) }
}
