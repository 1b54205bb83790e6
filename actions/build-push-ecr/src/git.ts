import { allowed, type Ended, type Environment, exec, ORDINARY } from '@ecs-release/core'

/** What git knows about the checked-out commit. */
export interface Checkout {
  commit: string
  /** Seconds since the epoch. */
  time: number
  /** In the work tree whose history has that commit. */
  folder: string
}

/** How git is called. */
export interface Git {
  env: Environment
  signal: AbortSignal
}

/** The commit of the work tree that holds `folder`; undefined where there is no repository or no git. */
export async function checkedOut(folder: string, how: Git): Promise<Checkout | undefined> {
  // The commit of a submodule is what that of the repository around it says.
  const around = (await git(folder, ['rev-parse', '--show-superproject-working-tree'], how))?.stdout.trim()
  if (around) return checkedOut(around, how)
  const ended = await git(folder, ['log', '-1', '--no-show-signature', '--format=%H %ct'], how)
  const [, commit, time] = /^([0-9a-f]{40,64}) (\d+)\s*$/.exec(ended?.stdout ?? '') ?? []
  return commit === undefined ? undefined : { commit, time: Number(time), folder }
}

/** The clone at `folder` shows that `earlier` comes before `later`; false as well where it does not know both. */
export async function comesBefore(
  earlier: string,
  later: string,
  folder: string,
  how: Git,
): Promise<boolean> {
  // They are read from an image, and could be an option.
  if (earlier === later || ![earlier, later].every((commit) => /^[0-9a-f]{40,64}$/.test(commit))) return false
  return (await git(folder, ['merge-base', '--is-ancestor', earlier, later], how))?.exitCode === 0
}

/** undefined where there is no git. */
async function git(
  folder: string,
  command: readonly string[],
  { env, signal }: Git,
): Promise<Ended | undefined> {
  // A job's container often runs as another user than the one that owns the checkout, which git refuses by default.
  const args = ['-c', 'safe.directory=*', '-C', folder, ...command]
  try {
    return await exec({ file: 'git', args, env: allowed(env, [...ORDINARY, 'GIT_*']), signal })
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
