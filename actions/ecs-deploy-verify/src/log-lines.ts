import { readFileSync } from 'node:fs'
import { isJsonObject, parseJsonObject } from '@ecs-release/core'
import type { Run } from './run.ts'

/** How many log lines to show. Anybody can read the runs of a public repository, so there the user has to ask for them. */
export function logLines({ env, inputs }: Pick<Run, 'env' | 'inputs'>): number {
  return inputs.logLines ?? (isPublic(env.GITHUB_EVENT_PATH) ? 0 : 20)
}

/** Source: GitHub, "Webhook events and payloads": `repository.private`. */
function isPublic(eventPath: string | undefined): boolean {
  if (eventPath === undefined || eventPath === '') return false
  try {
    const repository = parseJsonObject(readFileSync(eventPath, 'utf8'))?.repository
    return isJsonObject(repository) && repository.private === false
  } catch {
    return false
  }
}
