import type { Together } from '@ecs-release/core/action'

/** What the step does: release, or only look. */
export const modes = ['deploy', 'verify'] as const

/** The inputs that say what to write, or how to go about it. */
const onlyForDeploy = [
  'task-definition',
  'environment-variables',
  'secrets',
  'force-new-deployment',
  'desired-count',
  'wait-until',
  'on-failure',
  'on-cancel',
  'concurrency',
  'proof',
  'dry-run',
]

/** With `mode: verify`, every input of `onlyForDeploy` that is given anything but its default is a mistake. */
export const onlyLooks: Together = (given) => {
  if (given('mode') !== 'verify') return []
  const names = onlyForDeploy.filter((name) => given(name) !== undefined)
  if (names.length === 0) return []
  const [make, them] = names.length === 1 ? ['makes', 'it'] : ['make', 'them']
  return [
    `${names.join(', ')}: ${make} no sense with mode: verify, which only looks; leave ${them} out, or use mode: deploy`,
  ]
}
