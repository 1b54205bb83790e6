import { readFileSync } from 'node:fs'
import { isJsonObject, parseJsonObject } from '@ecs-release/core'
import type { Run } from './run.ts'

/**
 * How many log lines to show. Anybody can read the runs of a public repository, so on GitHub they are shown unasked only where the
 * event says that the repository is private; that of a schedule says nothing of its repository.
 */
export function logLines({ env, inputs }: Pick<Run, 'env' | 'inputs'>): number {
  return inputs.logLines ?? (mayBePublic(env.GITHUB_EVENT_PATH) ? 0 : 20)
}

/** Source: GitHub, "Webhook events and payloads": `repository.private`. */
function mayBePublic(eventPath: string | undefined): boolean {
  // Not on GitHub.
  if (eventPath === undefined || eventPath === '') return false
  try {
    const repository = parseJsonObject(readFileSync(eventPath, 'utf8'))?.repository
    return !isJsonObject(repository) || repository.private !== true
  } catch {
    return true
  }
}
