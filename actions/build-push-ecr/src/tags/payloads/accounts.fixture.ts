import type { JsonObject } from '@ecs-release/core'

/*
 * Source of the members: octokit/webhooks, payload-examples/api.github.com, which are GitHub's own examples; and `user_view_type`, which it has
 * added since. The values are ours.
 */

export const API = 'https://api.github.com'

/** By login, as they stay the same in every payload. */
const IDS: Readonly<Record<string, number>> = { 'octo-org': 6100201, octocat: 6100202, eve: 6100203 }

export function account(login: string, type: 'User' | 'Organization'): JsonObject {
  const id = IDS[login] ?? 6100200
  const url = `${API}/users/${login}`
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  }
}

export function organization(login: string): JsonObject {
  const id = IDS[login] ?? 6100200
  const url = `${API}/orgs/${login}`
  return {
    login,
    id,
    node_id: nodeId('Organization', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    description: null,
  }
}

/** Base64 of the length of the kind's name, the name and the id. */
export function nodeId(kind: string, id: number): string {
  return Buffer.from(`0${kind.length}:${kind}${id}`).toString('base64')
}
