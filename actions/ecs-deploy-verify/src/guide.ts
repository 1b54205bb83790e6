import type { Environment } from '@ecs-release/core/action'

/**
 * Where a guide of this repository is to be read: at the version of the action that runs. A workflow that names the action by a path
 * has it in its workspace. Source: GitHub, "Variables reference", GITHUB_ACTION_REPOSITORY and GITHUB_ACTION_REF.
 */
export function guide(
  { GITHUB_ACTION_REF, GITHUB_ACTION_REPOSITORY, GITHUB_SERVER_URL }: Environment,
  file: string,
): string {
  const path = `action-docs/guides/${file}`
  if (!GITHUB_ACTION_REPOSITORY || !GITHUB_ACTION_REF) return path
  return `${GITHUB_SERVER_URL || 'https://github.com'}/${GITHUB_ACTION_REPOSITORY}/blob/${GITHUB_ACTION_REF}/${path}`
}
