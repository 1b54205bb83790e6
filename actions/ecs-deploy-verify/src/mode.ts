import { ActionError, type Environment, type Spec } from '@ecs-release/core/action'

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

/** A spec that refuses, with `mode: verify`, every input of `onlyForDeploy` that is given anything but its default. */
export function forMode<Inputs extends { mode: (typeof modes)[number] }>({
  definition,
  read,
}: Spec<Inputs>): Spec<Inputs> {
  return {
    definition,
    read(env) {
      const inputs = read(env)
      if (inputs.mode === 'verify') assertOnlyLooks(definition, env)
      return inputs
    },
  }
}

function assertOnlyLooks(definition: Spec<unknown>['definition'], env: Environment): void {
  const given = onlyForDeploy.filter((name) => {
    const text = (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
    return text !== '' && text !== definition[name]?.default
  })
  if (given.length === 0) return
  const problems = given.map((name) => `${name}: makes no sense with mode: verify, which writes nothing`)
  throw new ActionError('invalid-input', problems.join('\n'), {
    hint: 'Leave it out, or use mode: deploy. With verify, images says what has to run; without it the revision that the service has now.',
  })
}
