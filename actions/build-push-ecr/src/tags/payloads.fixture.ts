import type { JsonObject } from '@ecs-release/core'

/*
 * Payloads as GitHub sends them, with the members that they have there and not only those that are read.
 * Source: GitHub, "Webhook events and payloads" and "Events that trigger workflows".
 */

export const MAIN = '1f0c2d3e4b5a69788796a5b4c3d2e1f00f1e2d3c'
export const HEAD = '9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d'
export const MERGE = '5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d'

const API = 'https://api.github.com'

function user(login: string, type = 'User'): JsonObject {
  const links = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events']
  return {
    login,
    id: 583231,
    node_id: 'MDQ6VXNlcjU4MzIzMQ==',
    avatar_url: `https://avatars.githubusercontent.com/${login}`,
    gravatar_id: '',
    url: `${API}/users/${login}`,
    html_url: `https://github.com/${login}`,
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${API}/users/${login}/${name}`])),
    type,
    user_view_type: 'public',
    site_admin: false,
  }
}

function repository(owner: string, fork: boolean): JsonObject {
  const url = `${API}/repos/${owner}/shop`
  const links = [
    'forks',
    'keys',
    'teams',
    'hooks',
    'branches',
    'tags',
    'git_refs',
    'commits',
    'pulls',
    'releases',
  ]
  const flags = ['has_issues', 'has_projects', 'has_downloads', 'has_wiki', 'has_pages', 'has_discussions']
  return {
    id: 723819,
    node_id: 'R_kgDOAAsLaw',
    name: 'shop',
    full_name: `${owner}/shop`,
    private: false,
    owner: user(owner, fork ? 'User' : 'Organization'),
    html_url: `https://github.com/${owner}/shop`,
    description: null,
    fork,
    url,
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${url}/${name}`])),
    created_at: '2025-01-26T19:01:12Z',
    updated_at: '2026-01-26T19:14:43Z',
    pushed_at: '2026-01-26T19:14:43Z',
    size: 108,
    language: 'TypeScript',
    ...Object.fromEntries(flags.map((name) => [name, true])),
    archived: false,
    disabled: false,
    license: null,
    topics: [],
    visibility: 'public',
    // A fork has a default branch of its own, of which a run in the base repository must not speak.
    default_branch: fork ? 'trunk' : 'main',
    custom_properties: {},
  }
}

const place: JsonObject = {
  repository: repository('octo-org', false),
  organization: { login: 'octo-org', id: 61891, url: `${API}/orgs/octo-org`, description: null },
  sender: user('octocat'),
}

const person = { name: 'Octo Cat', email: 'octo@example.com', username: 'octocat' }

function commit(id: string): JsonObject {
  return {
    id,
    tree_id: MERGE,
    distinct: true,
    message: 'Add the service',
    timestamp: '2026-01-26T20:14:39+01:00',
    url: `https://github.com/octo-org/shop/commit/${id}`,
    author: person,
    committer: person,
    added: ['app.ts'],
    removed: [],
    modified: ['README.md'],
  }
}

/** Of a branch, or of a tag that is new. */
export function push(ref: string): JsonObject {
  const created = ref.startsWith('refs/tags/')
  return {
    ref,
    before: created ? '0'.repeat(40) : MERGE,
    after: MAIN,
    ...place,
    pusher: { name: 'octocat', email: 'octo@example.com' },
    created,
    deleted: false,
    forced: false,
    base_ref: created ? 'refs/heads/main' : null,
    compare: `https://github.com/octo-org/shop/compare/${MAIN}`,
    commits: created ? [] : [commit(MAIN)],
    head_commit: commit(MAIN),
  }
}

const pullUrl = `${API}/repos/octo-org/shop/pulls/7`

/** What every open pull request has, whoever made it. */
const OPEN_PULL: JsonObject = {
  url: pullUrl,
  id: 279147437,
  node_id: 'PR_kwDOAAsLa84Qo3ut',
  html_url: 'https://github.com/octo-org/shop/pull/7',
  ...Object.fromEntries(
    ['diff', 'patch', 'issue', 'commits', 'comments', 'statuses'].map((name) => [
      `${name}_url`,
      `${pullUrl}/${name}`,
    ]),
  ),
  number: 7,
  state: 'open',
  locked: false,
  title: 'Fix the orders',
  body: null,
  created_at: '2026-01-26T19:01:12Z',
  updated_at: '2026-01-26T19:14:43Z',
  closed_at: null,
  merged_at: null,
  merge_commit_sha: MERGE,
  assignee: null,
  assignees: [],
  requested_reviewers: [],
  requested_teams: [],
  labels: [],
  milestone: null,
  draft: false,
  author_association: 'CONTRIBUTOR',
  auto_merge: null,
  merged: false,
  mergeable: null,
  maintainer_can_modify: true,
  commits: 1,
  additions: 1,
  deletions: 1,
  changed_files: 1,
}

/** `owner` has the head; the pull request is number 7, to be merged into main. */
export function pullRequest(owner: string, ref: string): JsonObject {
  const end = (login: string, name: string, sha: string) => ({
    label: `${login}:${name}`,
    ref: name,
    sha,
    user: user(login),
    repo: repository(login, login !== 'octo-org'),
  })
  return {
    action: 'synchronize',
    number: 7,
    before: MAIN,
    after: HEAD,
    pull_request: {
      ...OPEN_PULL,
      user: user(owner),
      head: end(owner, ref, HEAD),
      base: end('octo-org', 'main', MAIN),
    },
    ...place,
  }
}

export function mergeGroup(ref: string): JsonObject {
  const head_commit = { ...commit(MERGE), message: 'Merge pull request #7' }
  const ends = { head_sha: MERGE, head_ref: ref, base_sha: MAIN, base_ref: 'refs/heads/main' }
  return { action: 'checks_requested', merge_group: { ...ends, head_commit }, ...place }
}

export function workflowDispatch(ref: string): JsonObject {
  return { inputs: { environment: 'dev' }, ref, workflow: '.github/workflows/release.yml', ...place }
}

/** What the runner has on disk for a schedule is this little. */
export const schedule: JsonObject = { schedule: '0 4 * * 1', workflow: '.github/workflows/release.yml' }
