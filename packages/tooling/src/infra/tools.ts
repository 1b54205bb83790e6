import { run } from './command.ts'

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

/** What the tests of example-infra need and this machine lacks, one line each with its cure. */
export async function missingTools(): Promise<string[]> {
  const lines = await Promise.all(
    needs.map(async ({ file, args, cure, fits = () => true }) => {
      const ended = await run({ file, args, cwd: '.' }).catch(() => undefined)
      return ended?.exitCode === 0 && fits(ended.stdout)
        ? []
        : [`${file} ${args[0] === '-c' ? 'with moto 5.2.1' : '1.11'} is not there: ${cure}`]
    }),
  )
  return lines.flat()
}
