import type { JsonObject } from '@ecs-release/core'
import { API, account, nodeId } from './accounts.fixture.ts'

/*
 * Source of the members: octokit/webhooks, payload-examples/api.github.com, merge_group/checks_requested and push/with-new-branch; and
 * `has_discussions` to `custom_properties`, which GitHub has added since. The values are ours.
 */

/** What the URL of each is beyond that of the repository. */
const URLS: Readonly<Record<string, string>> = {
  forks: 'forks',
  keys: 'keys{/key_id}',
  collaborators: 'collaborators{/collaborator}',
  teams: 'teams',
  hooks: 'hooks',
  issue_events: 'issues/events{/number}',
  events: 'events',
  assignees: 'assignees{/user}',
  branches: 'branches{/branch}',
  tags: 'tags',
  blobs: 'git/blobs{/sha}',
  git_tags: 'git/tags{/sha}',
  git_refs: 'git/refs{/sha}',
  trees: 'git/trees{/sha}',
  statuses: 'statuses/{sha}',
  languages: 'languages',
  stargazers: 'stargazers',
  contributors: 'contributors',
  subscribers: 'subscribers',
  subscription: 'subscription',
  commits: 'commits{/sha}',
  git_commits: 'git/commits{/sha}',
  comments: 'comments{/number}',
  issue_comment: 'issues/comments{/number}',
  contents: 'contents/{+path}',
  compare: 'compare/{base}...{head}',
  merges: 'merges',
  archive: '{archive_format}{/ref}',
  downloads: 'downloads',
  issues: 'issues{/number}',
  pulls: 'pulls{/number}',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  labels: 'labels{/name}',
  releases: 'releases{/id}',
  deployments: 'deployments',
}

const STATE: JsonObject = {
  created_at: '2025-01-26T19:01:12Z',
  updated_at: '2026-01-26T19:14:43Z',
  pushed_at: '2026-01-26T19:14:43Z',
  homepage: '',
  size: 108,
  stargazers_count: 3,
  watchers_count: 3,
  language: 'TypeScript',
  has_issues: true,
  has_projects: false,
  has_downloads: true,
  has_wiki: false,
  has_pages: false,
  mirror_url: null,
  archived: false,
  disabled: false,
  open_issues_count: 4,
  license: null,
  open_issues: 4,
  watchers: 3,
  is_template: false,
  has_discussions: false,
  allow_forking: true,
  web_commit_signoff_required: false,
  topics: [],
  visibility: 'public',
  custom_properties: {},
}

/** `shop` of that owner. A fork has a default branch of its own, of which a run in the base repository must not speak. */
export function repository(owner: string, fork: boolean): JsonObject {
  const url = `${API}/repos/${owner}/shop`
  const html = `https://github.com/${owner}/shop`
  const id = fork ? 7200302 : 7200301
  return {
    id,
    node_id: nodeId('Repository', id),
    name: 'shop',
    full_name: `${owner}/shop`,
    private: false,
    owner: account(owner, fork ? 'User' : 'Organization'),
    html_url: html,
    description: 'Sells what the octopus knits',
    fork,
    url,
    ...Object.fromEntries(Object.entries(URLS).map(([name, path]) => [`${name}_url`, `${url}/${path}`])),
    git_url: `git://github.com/${owner}/shop.git`,
    ssh_url: `git@github.com:${owner}/shop.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    ...STATE,
    forks_count: fork ? 0 : 1,
    forks: fork ? 0 : 1,
    default_branch: fork ? 'trunk' : 'main',
  }
}

/** That of a push has its times as numbers, its page as its URL, and some members more. */
export function pushedRepository(owner: string): JsonObject {
  const { owner: login, ...rest } = repository(owner, false)
  return {
    ...rest,
    owner: { name: owner, email: null, ...account(owner, 'Organization') },
    url: `https://github.com/${owner}/shop`,
    created_at: 1737918072,
    pushed_at: 1769454883,
    stargazers: 3,
    master_branch: 'main',
    organization: owner,
  }
}
