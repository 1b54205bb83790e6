import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject, JsonValue } from '../wire/json.ts'
import type { ExpressionValue } from './expression.ts'

const githubDefaults = {
  action: '__self',
  action_ref: '',
  action_repository: '',
  actor: 'octocat',
  actor_id: '583231',
  // No name under .invalid ever resolves: an action reaches a GitHub only when a test gives it one.
  api_url: 'https://api.github.invalid',
  base_ref: '',
  event_name: 'push',
  graphql_url: 'https://api.github.invalid/graphql',
  head_ref: '',
  job: 'release',
  ref: 'refs/heads/main',
  ref_name: 'main',
  ref_protected: 'false',
  ref_type: 'branch',
  repository: 'octo-org/shop',
  repository_id: '723819',
  repository_owner: 'octo-org',
  repository_owner_id: '61891',
  retention_days: '90',
  run_attempt: '1',
  run_id: '1658821493',
  run_number: '42',
  server_url: 'https://github.com',
  sha: '2f4a8c1d9e3b7056f1a2b3c4d5e6f70819a2b3c4',
  triggering_actor: 'octocat',
  workflow: 'release',
  workflow_ref: 'octo-org/shop/.github/workflows/release.yml@refs/heads/main',
  workflow_sha: '2f4a8c1d9e3b7056f1a2b3c4d5e6f70819a2b3c4',
}

/** What the run is of; each of them is both `github.NAME` and the variable `GITHUB_NAME`. */
export type GithubContext = typeof githubDefaults

export interface WorkflowOptions {
  github?: Partial<GithubContext>
  /** The webhook payload, in the file that GITHUB_EVENT_PATH names. */
  event?: JsonObject
  /** `github.token`; it is masked, and no environment variable holds it. */
  token?: string
  /** RUNNER_DEBUG */
  debug?: boolean
}

/** The workflow run that an action believes to be part of. */
export interface Workflow {
  token: string
  /** GITHUB_*, RUNNER_* and the runner's other variables, but those of the command files. */
  environment: Record<string, string>
  /** Whoever carries this belongs to the job. */
  trackingId: string
  lookup(path: readonly string[]): ExpressionValue
}

/** Where the runner keeps its things. */
export interface RunnerDirectories {
  temp: string
  tools: string
  workspace: string
}

/** What the events of most kinds say of the repository: a step may show more where not everybody can read its run. */
const privateRepository = { full_name: githubDefaults.repository, private: true }

/** Source: GitHub Docs, "Variables reference", "Default environment variables". */
export function workflowRun(options: WorkflowOptions, directories: RunnerDirectories): Workflow {
  const event = options.event ?? { repository: privateRepository }
  const eventPath = join(directories.temp, '_github_workflow', 'event.json')
  mkdirSync(join(directories.temp, '_github_workflow'), { recursive: true })
  writeFileSync(eventPath, JSON.stringify(event))
  const { workspace } = directories
  const github = { ...githubDefaults, ...options.github, event_path: eventPath, workspace }
  const runner = runnerContext(directories)
  const token = options.token ?? 'token-of-the-local-runner'
  const trackingId = `github_${randomUUID()}`
  return {
    token,
    trackingId,
    environment: {
      ...variables('GITHUB', github),
      ...variables('RUNNER', runner),
      ...(options.debug && { RUNNER_DEBUG: '1' }),
      RUNNER_TRACKING_ID: trackingId,
      GITHUB_ACTIONS: 'true',
    },
    lookup: (path) => found({ github: { ...github, token, event }, runner: { ...runner } }, path),
  }
}

function runnerContext({ temp, tools, workspace }: RunnerDirectories): Record<string, string> {
  const systems: Partial<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
  return {
    os: systems[process.platform] ?? 'Linux',
    arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    name: 'testbed',
    environment: 'self-hosted',
    temp,
    tool_cache: tools,
    workspace: join(workspace, '..'),
  }
}

function variables(prefix: string, context: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(context).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value])
  return Object.fromEntries(entries)
}

function found(contexts: JsonObject, path: readonly string[]): ExpressionValue {
  let value: JsonValue | undefined = contexts
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    value = Object.hasOwn(value, name) ? value[name] : undefined
  }
  return value === undefined || typeof value === 'object' ? null : value
}
