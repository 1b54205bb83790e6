import type { JsonObject } from '@ecs-release/core'
import { API, account, nodeId } from './accounts.fixture.ts'
import { repository } from './repository.fixture.ts'

/** The commit and branch of one end of a pull request, in `shop` of that owner. */
export interface End {
  owner: string
  ref: string
  sha: string
}

const page = 'https://github.com/octo-org/shop/pull/7'
const url = `${API}/repos/octo-org/shop/pulls/7`
const issue = `${API}/repos/octo-org/shop/issues/7`

const OPEN: JsonObject = {
  number: 7,
  state: 'open',
  locked: false,
  title: 'Fix the orders',
  body: null,
  created_at: '2026-01-26T19:01:12Z',
  updated_at: '2026-01-26T19:14:43Z',
  closed_at: null,
  merged_at: null,
  requested_teams: [],
  milestone: null,
  author_association: 'CONTRIBUTOR',
  auto_merge: null,
  active_lock_reason: null,
  draft: false,
  merged: false,
  mergeable: null,
  rebaseable: null,
  mergeable_state: 'unknown',
  merged_by: null,
  comments: 0,
  review_comments: 0,
  maintainer_can_modify: true,
  commits: 1,
  additions: 1,
  deletions: 1,
  changed_files: 1,
}

/**
 * The open pull request number 7 of `octo-org/shop`.
 * Source of the members: octokit/webhooks, payload-examples/api.github.com, pull_request/synchronize. The values are ours.
 */
export function openPullRequest(head: End, base: End, merge: string): JsonObject {
  const id = 8300407
  return {
    url,
    id,
    node_id: nodeId('PullRequest', id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    user: account(head.owner, 'User'),
    ...OPEN,
    merge_commit_sha: merge,
    assignee: null,
    assignees: [account('octocat', 'User')],
    requested_reviewers: [account('octocat', 'User')],
    labels: [aLabel],
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${API}/repos/octo-org/shop/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${API}/repos/octo-org/shop/statuses/${head.sha}`,
    head: endOf(head),
    base: endOf(base),
    _links: linksTo(head.sha),
  }
}

const aLabel: JsonObject = {
  id: 8300501,
  node_id: nodeId('Label', 8300501),
  url: `${API}/repos/octo-org/shop/labels/orders`,
  name: 'orders',
  color: '5319e7',
  default: false,
  description: 'What customers order',
}

function endOf({ owner, ref, sha }: End): JsonObject {
  const fork = owner !== 'octo-org'
  return {
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: account(owner, fork ? 'User' : 'Organization'),
    repo: repository(owner, fork),
  }
}

function linksTo(sha: string): JsonObject {
  return {
    self: { href: url },
    html: { href: page },
    issue: { href: issue },
    comments: { href: `${issue}/comments` },
    review_comments: { href: `${url}/comments` },
    review_comment: { href: `${API}/repos/octo-org/shop/pulls/comments{/number}` },
    commits: { href: `${url}/commits` },
    statuses: { href: `${API}/repos/octo-org/shop/statuses/${sha}` },
  }
}
