import { ActionError, exec, oneLine } from '@ecs-release/core'
import type { Docker } from './inspect.ts'

/** Brings a stored image into the local engine by its digest, and gives it the tag there. `uri` is `HOST/NAME`. */
export async function pullImage(
  { uri, digest, tag }: { uri: string; digest: string; tag: string },
  docker: Docker,
): Promise<void> {
  for (const args of [
    ['pull', '--quiet', `${uri}@${digest}`],
    ['tag', `${uri}@${digest}`, `${uri}:${tag}`],
  ]) {
    const { exitCode, stderr } = await exec({ file: 'docker', args, ...docker })
    if (exitCode === 0) continue
    const why = oneLine(stderr).replace(/^Error response from daemon: /, '')
    throw new ActionError('rejected', `load: ${uri}@${digest} did not come into the local engine: ${why}`, {
      hint: 'Check that the engine runs, has space, and is for a platform of the image.',
    })
  }
}
