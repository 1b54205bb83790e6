import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Emulator } from './emulator/emulator.ts'
import { terraform, tryTerraform } from './terraform.ts'
import { keepStateLocally, pinProvider, type Workspace } from './workspace.ts'

/** One stack with its variables, in a copy and against an emulated account. */
export interface StackRun {
  /** Takes further arguments of terraform apply, such as -replace=ADDRESS. */
  apply(...args: string[]): Promise<void>
  /** What a further plan would do: the lines that Terraform prints, or `no changes`. */
  secondPlan(): Promise<string>
  /** The plan in Terraform's JSON form. Takes further arguments too. */
  plan(...args: string[]): Promise<unknown>
  output(): Promise<Record<string, unknown>>
  destroy(): Promise<void>
  /** Addresses in the state. */
  state(): Promise<string[]>
}

/** Initialises a stack; `variables` are written to a file of their own, beside `varFiles` of the stack. */
export function openStack(
  copy: Workspace,
  stack: string,
  emulator: Emulator,
  variables: Record<string, unknown>,
  varFiles: readonly string[] = [],
): Promise<StackRun> {
  return openFolder(copy.path(`stacks/${stack}`), emulator, variables, varFiles)
}

/** The same for any folder with a configuration that is applied, such as a module's example. */
export async function openFolder(
  path: string,
  emulator: Emulator,
  variables: Record<string, unknown>,
  varFiles: readonly string[] = [],
): Promise<StackRun> {
  pinProvider(path)
  keepStateLocally(path)
  writeFileSync(join(path, 'test.tfvars.json'), JSON.stringify(variables))
  const files = [...varFiles, 'test.tfvars.json'].map((file) => `-var-file=${file}`)
  const run = (...args: string[]): Promise<string> => terraform(path, args, emulator.env)
  await run('init')
  return {
    apply: async (...args) => void (await run('apply', '-auto-approve', ...files, ...args)),
    secondPlan: async () => {
      const { exitCode, stdout, stderr } = await tryTerraform(
        path,
        ['plan', '-no-color', '-detailed-exitcode', ...files],
        emulator.env,
      )
      return exitCode === 0 ? 'no changes' : `${stdout}${stderr}`
    },
    plan: async (...args) => {
      await run('plan', '-out=test.tfplan', ...files, ...args)
      return JSON.parse(await run('show', '-json', 'test.tfplan'))
    },
    output: async () => {
      const outputs: Record<string, { value: unknown }> = JSON.parse(await run('output', '-json'))
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))
    },
    destroy: async () => void (await run('destroy', '-auto-approve', ...files)),
    state: async () => (await run('state', 'list')).split('\n').filter(Boolean),
  }
}
