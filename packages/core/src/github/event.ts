import { readFileSync } from 'node:fs'
import type { Environment } from '../action/spec.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from '../aws/json.ts'

/** Which commit a run is about, and what it may be called. */
export interface RefFacts {
  /** `push`, `pull_request`, … */
  event: string
  /** The full id. For a pull request its head, not the merge that GitHub checks out by default. */
  commit: string | undefined
  ref: { kind: 'branch' | 'tag'; name: string } | undefined
  /** The run is about a pull request, whichever event started it. */
  pullRequest: boolean
  /** The owner of the fork that the commit comes from. */
  fork: string | undefined
  /** The branch that a pull request is to be merged into. */
  base: string | undefined
  defaultBranch: string | undefined
  /** `OWNER/NAME` */
  repository: string | undefined
  runNumber: string | undefined
}

/** The payload that started the run; empty when there is none, as outside GitHub. */
export function readEvent(env: Environment): JsonObject {
  if (!env.GITHUB_EVENT_PATH) return {}
  try {
    return parseJsonObject(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) ?? {}
  } catch {
    return {}
  }
}

/**
 * Reads them from the runner's variables and the payload, without the GitHub API.
 * Sources: GitHub, "Events that trigger workflows" and "Webhook events and payloads".
 */
export function refFacts(env: Environment, payload: JsonObject): RefFacts {
  const event = env.GITHUB_EVENT_NAME ?? ''
  const repository = env.GITHUB_REPOSITORY || text(payload, 'repository', 'full_name')
  const facts: RefFacts = {
    event,
    commit: env.GITHUB_SHA || undefined,
    ref: refOf(env.GITHUB_REF ?? ''),
    pullRequest: false,
    fork: undefined,
    base: undefined,
    defaultBranch: text(payload, 'repository', 'default_branch') ?? scheduled(event, env),
    repository,
    runNumber: env.GITHUB_RUN_NUMBER || undefined,
  }
  const pull = payload.pull_request
  if (isJsonObject(pull)) {
    const head = isJsonObject(pull.head) ? pull.head : {}
    return { ...facts, ...headOf(head, repository), base: text(pull, 'base', 'ref') }
  }
  const run = payload.workflow_run
  if (event === 'workflow_run' && isJsonObject(run)) return { ...facts, ...ofWorkflowRun(run, repository) }
  return facts
}

function refOf(ref: string): RefFacts['ref'] {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? []
  if (name === undefined) return undefined
  return { kind: kind === 'tags' ? 'tag' : 'branch', name }
}

/** Schedules run on the default branch only, and their payload does not always name it. */
function scheduled(event: string, env: Environment): string | undefined {
  const ref = event === 'schedule' ? refOf(env.GITHUB_REF ?? '') : undefined
  return ref?.kind === 'branch' ? ref.name : undefined
}

type Head = Pick<RefFacts, 'commit' | 'ref' | 'fork' | 'pullRequest'>

function headOf(head: JsonObject, repository: string | undefined): Head {
  const name = text(head, 'ref')
  const from = text(head, 'repo', 'full_name')
  // The repository of the head is null once a fork was deleted.
  const owner = text(head, 'repo', 'owner', 'login') ?? text(head, 'user', 'login') ?? 'unknown'
  return {
    commit: text(head, 'sha'),
    ref: name === undefined ? undefined : { kind: 'branch', name },
    fork: from === repository && from !== undefined ? undefined : owner,
    pullRequest: true,
  }
}

/**
 * `head_branch` is the name of a branch or of a git tag, and the payload does not say of which: what is called like a version is taken
 * for a tag.
 */
const VERSION = /^v?\d+\.\d+\.\d+/

/** A run after another one is about the commit that the other one was about; its own GITHUB_SHA is the default branch's. */
function ofWorkflowRun(run: JsonObject, repository: string | undefined): Head {
  const head: JsonObject = {
    ref: run.head_branch ?? null,
    sha: run.head_sha ?? null,
    repo: run.head_repository ?? null,
  }
  const facts = headOf(head, repository)
  const event = text(run, 'event') ?? ''
  if (event.startsWith('pull_request')) return facts
  const { ref } = facts
  const isTag = event === 'release' || (ref !== undefined && VERSION.test(ref.name))
  return { ...facts, ref: ref && { ...ref, kind: isTag ? 'tag' : 'branch' }, pullRequest: false }
}

function text(value: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  let found: JsonValue | undefined = value
  for (const member of path) found = isJsonObject(found) ? found[member] : undefined
  return typeof found === 'string' && found !== '' ? found : undefined
}
