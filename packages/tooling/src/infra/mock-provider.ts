import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Environment, terraform } from './terraform.ts'
import { pinProvider, type Workspace } from './workspace.ts'

/** A provider process that many runs of terraform share; each would otherwise spend five seconds on starting its own. */
export interface SharedProvider extends Disposable {
  env: Environment
}

/**
 * Installs the provider into a copy of example-infra and starts it as its developers debug it. For mocked tests alone: they
 * ask it for schemas and never configure it, so that they cannot meet in it.
 */
export async function shareProvider(copy: Workspace): Promise<SharedProvider> {
  const path = copy.path('modules/cluster')
  pinProvider(path)
  await terraform(path, ['init', '-backend=false'])
  const child = spawn(binary(join(path, '.terraform/providers')), ['-debug'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const attach = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line)?.[1]
    if (attach === undefined) continue
    child.stdout.resume()
    return { env: { TF_REATTACH_PROVIDERS: attach }, [Symbol.dispose]: () => child.kill() }
  }
  throw new Error('the provider did not say how to be attached to')
}

/** The provider's program: HOST/NAMESPACE/NAME/VERSION/PLATFORM/terraform-provider-aws_VERSION, each the only one of its kind. */
function binary(folder: string): string {
  const names = readdirSync(folder)
  const program = names.find((name) => name.startsWith('terraform-provider-aws'))
  const next = program ?? names[0]
  if (next === undefined) throw new Error(`terraform init installed no provider in ${folder}`)
  return program === undefined ? binary(join(folder, next)) : join(folder, next)
}
