import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository.ts'
import { run } from './command.ts'
import type { Environment } from './terraform.ts'

/**
 * What leads Terraform to the mirror of providers that this machine carries, where it carries one and nothing leads there
 * yet. The script beside the repository prints `export NAME='VALUE'`, or nothing.
 */
export async function mirror(
  script: string = join(root, '../shared/bench/terraform-env.sh'),
  { TF_CLI_CONFIG_FILE: configured = '' }: Environment = process.env,
): Promise<Environment> {
  if (existsSync(configured) || !existsSync(script)) return {}
  const { stdout } = await run({ file: 'bash', args: [script], cwd: root })
  const [, name, value] = /^export (TF_\w+)='([^']*)'$/m.exec(stdout) ?? []
  return name === undefined ? {} : { [name]: value }
}
