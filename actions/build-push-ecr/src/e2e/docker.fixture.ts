import { allowed, exec, ORDINARY } from '@ecs-release/core'
import type { ImageJob } from '@ecs-release/testbed'

/** `docker` as the user of the job calls it, beside the action. Throws what docker says when it fails. */
export async function docker(here: ImageJob, ...args: string[]): Promise<string> {
  const env = { ...allowed(process.env, ORDINARY), ...here.env }
  const ended = await exec({ file: 'docker', args, env })
  if (ended.exitCode !== 0) throw new Error(`docker ${args.join(' ')}: ${ended.stderr}`)
  return ended.stdout.trim()
}

/** Forgets what the builder keeps of the steps whose text holds `mark`, and nothing else of this machine; true if there was any. */
export async function forgetSteps(here: ImageJob, mark: string): Promise<boolean> {
  const filter = ['--filter', `description~=${mark}`]
  const forgotten = await docker(here, 'buildx', 'prune', '--all', '--force', ...filter)
  return /\btrue\b/.test(forgotten)
}
