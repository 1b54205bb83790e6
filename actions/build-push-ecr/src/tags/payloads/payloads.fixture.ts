import type { JsonObject } from '@ecs-release/core'
import { account, organization } from './accounts.fixture.ts'
import { openPullRequest } from './pull-request.fixture.ts'
import { pushedRepository, repository } from './repository.fixture.ts'

/*
 * Payloads in the shape of GitHub's own examples, octokit/webhooks, payload-examples/api.github.com, each with all members that its example has;
 * `installation` is left out, which only a webhook of a GitHub App gets. The values are ours.
 */

export const MAIN = '1f0c2d3e4b5a69788796a5b4c3d2e1f00f1e2d3c'
export const HEAD = '9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d'
export const MERGE = '5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d'

/** Who sent it, and where from. */
const place: JsonObject = {
  repository: repository('octo-org', false),
  organization: organization('octo-org'),
  sender: account('octocat', 'User'),
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

/** Of a branch, or of a tag that is new. Source: push/with-new-branch and push/with-organization. */
export function push(ref: string): JsonObject {
  const created = ref.startsWith('refs/tags/')
  return {
    ref,
    before: created ? '0'.repeat(40) : MERGE,
    after: MAIN,
    ...place,
    repository: pushedRepository('octo-org'),
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

/** `owner` has the head; the pull request is number 7, to be merged into main. Source: pull_request/synchronize. */
export function pullRequest(owner: string, ref: string): JsonObject {
  const base = { owner: 'octo-org', ref: 'main', sha: MAIN }
  return {
    action: 'synchronize',
    number: 7,
    pull_request: openPullRequest({ owner, ref, sha: HEAD }, base, MERGE),
    before: MAIN,
    after: HEAD,
    ...place,
  }
}

/**
 * Source: merge_group/checks_requested; and for `base_sha` and `head_commit`, which that example is older than, GitHub, "Webhook events and
 * payloads", merge_group.
 */
export function mergeGroup(ref: string): JsonObject {
  const author = { name: 'Octo Cat', email: 'octo@example.com' }
  return {
    action: 'checks_requested',
    merge_group: {
      head_sha: MERGE,
      head_ref: ref,
      base_sha: MAIN,
      base_ref: 'refs/heads/main',
      head_commit: {
        id: MERGE,
        tree_id: MAIN,
        message: 'Merge pull request #7 from octo-org/fix',
        timestamp: '2026-01-26T20:14:39+01:00',
        author,
        committer: author,
      },
    },
    ...place,
  }
}

/** Source: workflow_dispatch/payload. */
export function workflowDispatch(ref: string): JsonObject {
  return { inputs: { environment: 'dev' }, ref, ...place, workflow: '.github/workflows/release.yml' }
}

/** There is no webhook of a schedule, and no example. Source: GitHub, "Events that trigger workflows", schedule. */
export const schedule: JsonObject = { schedule: '0 4 * * 1', workflow: '.github/workflows/release.yml' }
