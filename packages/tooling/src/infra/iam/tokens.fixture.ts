import type { WebIdentity } from './trust-policy.ts'

const provider = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'
/** A token of a job with the subject `sub`. */
export const token = (sub: string, aud = 'sts.amazonaws.com'): WebIdentity => ({
  provider,
  context: {
    'token.actions.githubusercontent.com:sub': sub,
    'token.actions.githubusercontent.com:aud': aud,
  },
})

/** What a token is, the token, and which of prod's roles it gets. */
export const tokens: [string, WebIdentity, string[]][] = [
  [
    'the environment, by name',
    token('repo:octo-org/orders:environment:prod'),
    ['apply', 'deploy', 'operate'],
  ],
  [
    'the environment, by id',
    token('repo:octo-org@1234/orders@5678:environment:prod'),
    ['apply', 'deploy', 'operate'],
  ],
  ['the default branch, by name', token('repo:octo-org/orders:ref:refs/heads/main'), ['build', 'plan']],
  [
    'the default branch, by id',
    token('repo:octo-org@1234/orders@5678:ref:refs/heads/main'),
    ['build', 'plan'],
  ],
  ['a pull request, by name', token('repo:octo-org/orders:pull_request'), ['plan']],
  ['a pull request, by id', token('repo:octo-org@1234/orders@5678:pull_request'), ['plan']],
  ['another environment', token('repo:octo-org/orders:environment:dev'), []],
  ['an environment whose name begins alike', token('repo:octo-org/orders:environment:prod-eu'), []],
  ['another branch', token('repo:octo-org/orders:ref:refs/heads/feature'), []],
  ['a branch that ends alike', token('repo:octo-org/orders:ref:refs/heads/x/main'), []],
  ['a tag of the branch’s name', token('repo:octo-org/orders:ref:refs/tags/main'), []],
  ['a fork’s pull request, run in the fork', token('repo:mallory/orders:pull_request'), []],
  ['a fork’s default branch', token('repo:mallory/orders:ref:refs/heads/main'), []],
  ['a fork’s environment of the same name', token('repo:mallory@999/orders@888:environment:prod'), []],
  ['another repository of the owner', token('repo:octo-org/billing:environment:prod'), []],
  ['a repository whose name begins alike', token('repo:octo-org/orders-fork:environment:prod'), []],
  [
    'the name, taken over by another repository',
    token('repo:octo-org@1234/orders@9999:environment:prod'),
    [],
  ],
  ['the owner’s name, taken over', token('repo:octo-org@6666/orders@5678:environment:prod'), []],
  ['another spelling', token('repo:Octo-Org/orders:environment:prod'), []],
  [
    'a token for another audience',
    token('repo:octo-org/orders:environment:prod', 'https://github.com/octo-org'),
    [],
  ],
  ['a wildcard in the token', token('repo:octo-org/orders:*'), []],
  [
    'another provider',
    {
      ...token('repo:octo-org/orders:environment:prod'),
      provider: provider.replace('token.actions', 'evil'),
    },
    [],
  ],
  [
    'a token without subject',
    { provider, context: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
    [],
  ],
]
