import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './command.ts'
import { type Environment, tryTerraform } from './terraform.ts'
import { PROVIDER, pinProvider } from './workspace.ts'

const needs: readonly {
  file: string
  args: readonly string[]
  cure: string
  fits?(said: string): boolean
}[] = [
  {
    file: 'terraform',
    args: ['version', '-json'],
    cure: 'install Terraform 1.11 or newer',
    fits: (said) => {
      const version = /"terraform_version":\s*"(\d+)\.(\d+)/.exec(said)
      return Number(version?.[1]) > 1 || (Number(version?.[1]) === 1 && Number(version?.[2]) >= 11)
    },
  },
  {
    file: 'python3',
    args: ['-c', 'import moto, flask; print(moto.__version__)'],
    cure: "run pip install 'moto[server]==5.2.1'",
    // The emulator's additions reach into moto, so another version may not have the place they belong to.
    fits: (said) => said.trim() === '5.2.1',
  },
]

/** What the tests of example-infra need and this machine lacks, one line each with its cure. `env` is told to Terraform. */
export async function missingTools(env: Environment = {}): Promise<string[]> {
  const lines = await Promise.all(
    needs.map(async ({ file, args, cure, fits = () => true }) => {
      const ended = await run({ file, args, cwd: '.' }).catch(() => undefined)
      return ended?.exitCode === 0 && fits(ended.stdout)
        ? []
        : [`${file} ${args[0] === '-c' ? 'with moto 5.2.1' : '1.11'} is not there: ${cure}`]
    }),
  )
  const missing = lines.flat()
  return missing.length > 0 ? missing : missingProvider(env)
}

/** Terraform alone knows where it takes providers from, so it is asked for this one. */
async function missingProvider(env: Environment): Promise<string[]> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'provider-'))
  pinProvider(folder.path)
  const { exitCode, stderr } = await tryTerraform(folder.path, ['init', '-backend=false', '-no-color'], env)
  if (exitCode === 0) return []
  const why = /^Error: .*/m.exec(stderr)?.[0] ?? `terraform init ended with ${exitCode}`
  return [
    `the provider hashicorp/aws ${PROVIDER} is not there (${why}): let Terraform reach registry.terraform.io, or name a mirror of it in the file of TF_CLI_CONFIG_FILE`,
  ]
}
