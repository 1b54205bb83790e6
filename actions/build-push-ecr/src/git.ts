import { allowed, type Environment, exec, ORDINARY } from '@ecs-release/core'

/** What git knows about the checked-out commit. */
export interface Checkout {
  commit: string
  /** Seconds since the epoch. */
  time: number
}

/** The commit that is checked out in `folder`; undefined where there is no repository or no git. */
export async function checkedOut(
  folder: string,
  env: Environment,
  signal: AbortSignal,
): Promise<Checkout | undefined> {
  // A job's container often runs as another user than the one that owns the checkout, which git refuses by default.
  const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--no-show-signature', '--format=%H %ct']
  try {
    const ended = await exec({ file: 'git', args, env: allowed(env, [...ORDINARY, 'GIT_*']), signal })
    const [, commit, time] = /^([0-9a-f]{40,64}) (\d+)\s*$/.exec(ended.stdout) ?? []
    return commit === undefined ? undefined : { commit, time: Number(time) }
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
