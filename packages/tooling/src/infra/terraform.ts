import { type Ended, run } from './command.ts'

/** What a terraform process is told beside the machine's own environment. */
export type Environment = Readonly<Record<string, string | undefined>>

const quiet: Environment = {
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  CHECKPOINT_DISABLE: '1',
  AWS_CA_BUNDLE: undefined,
}

/** Runs terraform in a folder and returns how it ended. */
export function tryTerraform(cwd: string, args: readonly string[], env: Environment = {}): Promise<Ended> {
  return run({ file: 'terraform', args, cwd, env: { ...quiet, ...env } })
}

/** Runs terraform in a folder and returns what it printed; throws with its last lines when it fails. */
export async function terraform(
  cwd: string,
  args: readonly string[],
  env: Environment = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await tryTerraform(cwd, args, env)
  if (exitCode === 0) return stdout
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-60).join('\n')
  throw new Error(`terraform ${args.join(' ')} in ${cwd} ended with ${exitCode}:\n${said}`)
}
