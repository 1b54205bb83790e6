import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonObject } from '../aws/json.ts'
import { type RefFacts, readEvent, refFacts } from './event.ts'

const SHA = 'a'.repeat(40)
const HEAD = 'b'.repeat(40)
const repository = { full_name: 'octo-org/shop', default_branch: 'main' }
const pull = (owner: string | null, ref: string) => ({
  number: 7,
  head: {
    ref,
    sha: HEAD,
    repo: owner === null ? null : { full_name: `${owner}/shop`, owner: { login: owner } },
    user: { login: owner ?? 'eve' },
  },
  base: { ref: 'release', repo: { full_name: 'octo-org/shop' } },
})
const run = (owner: string, event: string, name = 'fix') => ({
  event,
  head_branch: name,
  head_sha: HEAD,
  head_repository: { full_name: `${owner}/shop`, owner: { login: owner } },
})

test.each<[string, string, string, JsonObject, Partial<RefFacts>]>([
  [
    'a push',
    'push',
    'refs/heads/feature/a',
    { repository, after: SHA },
    {
      commit: SHA,
      ref: { kind: 'branch', name: 'feature/a' },
      pullRequest: false,
      fork: undefined,
      defaultBranch: 'main',
    },
  ],
  [
    'a pull request',
    'pull_request',
    'refs/pull/7/merge',
    { repository, pull_request: pull('octo-org', 'fix') },
    {
      commit: HEAD,
      ref: { kind: 'branch', name: 'fix' },
      pullRequest: true,
      fork: undefined,
      base: 'release',
    },
  ],
  [
    'a pull request from a fork',
    'pull_request',
    'refs/pull/7/merge',
    { repository, pull_request: pull('eve', 'main') },
    { commit: HEAD, ref: { kind: 'branch', name: 'main' }, pullRequest: true, fork: 'eve' },
  ],
  [
    'a pull request from a fork that was deleted',
    'pull_request',
    'refs/pull/7/merge',
    { repository, pull_request: pull(null, 'main') },
    { pullRequest: true, fork: 'eve' },
  ],
  [
    'pull_request_target',
    'pull_request_target',
    'refs/heads/main',
    { repository, pull_request: pull('eve', 'main') },
    { commit: HEAD, pullRequest: true, fork: 'eve' },
  ],
  [
    'a tag',
    'push',
    'refs/tags/v1.2.3',
    { repository },
    { commit: SHA, ref: { kind: 'tag', name: 'v1.2.3' } },
  ],
  [
    'a schedule, whose payload names no repository',
    'schedule',
    'refs/heads/main',
    { schedule: '0 4 * * *' },
    { ref: { kind: 'branch', name: 'main' }, defaultBranch: 'main' },
  ],
  [
    'workflow_dispatch on a branch',
    'workflow_dispatch',
    'refs/heads/dev',
    { repository, ref: 'refs/heads/dev', inputs: {} },
    { commit: SHA, ref: { kind: 'branch', name: 'dev' }, defaultBranch: 'main' },
  ],
  [
    'merge_group',
    'merge_group',
    `refs/heads/gh-readonly-queue/main/pr-7-${SHA}`,
    { repository, merge_group: { head_sha: SHA, base_ref: 'refs/heads/main' } },
    { commit: SHA, ref: { kind: 'branch', name: `gh-readonly-queue/main/pr-7-${SHA}` }, pullRequest: false },
  ],
  [
    'a run after a push',
    'workflow_run',
    'refs/heads/main',
    { repository, workflow_run: run('octo-org', 'push') },
    { commit: HEAD, ref: { kind: 'branch', name: 'fix' }, pullRequest: false, fork: undefined },
  ],
  [
    'a run after a pull request from a fork',
    'workflow_run',
    'refs/heads/main',
    { repository, workflow_run: run('eve', 'pull_request') },
    { commit: HEAD, pullRequest: true, fork: 'eve' },
  ],
  [
    'a run after a pull request of this repository',
    'workflow_run',
    'refs/heads/main',
    { repository, workflow_run: run('octo-org', 'pull_request_target') },
    { commit: HEAD, ref: { kind: 'branch', name: 'fix' }, pullRequest: true, fork: undefined },
  ],
  ...['workflow_dispatch', 'schedule', 'merge_group'].map(
    (event): [string, string, string, JsonObject, Partial<RefFacts>] => [
      `a run after ${event}`,
      'workflow_run',
      'refs/heads/main',
      { repository, workflow_run: run('octo-org', event, 'main') },
      { commit: HEAD, ref: { kind: 'branch', name: 'main' }, pullRequest: false, fork: undefined },
    ],
  ),
  [
    'a run after the push of a git tag',
    'workflow_run',
    'refs/heads/main',
    { repository, workflow_run: run('octo-org', 'push', 'v1.2.3') },
    { commit: HEAD, ref: { kind: 'tag', name: 'v1.2.3' }, pullRequest: false },
  ],
  [
    'a run after a release',
    'workflow_run',
    'refs/heads/main',
    { repository, workflow_run: run('octo-org', 'release', 'summer') },
    { commit: HEAD, ref: { kind: 'tag', name: 'summer' }, pullRequest: false },
  ],
  ['no GitHub at all', '', '', {}, { commit: SHA, ref: undefined, defaultBranch: undefined }],
])('%s', (_, event, ref, payload, expected) => {
  const env = {
    GITHUB_EVENT_NAME: event,
    GITHUB_REF: ref,
    GITHUB_SHA: SHA,
    GITHUB_RUN_NUMBER: '42',
    ...(event === '' ? {} : { GITHUB_REPOSITORY: 'octo-org/shop' }),
  }
  expect(refFacts(env, payload)).toMatchObject({ event, runNumber: '42', ...expected })
})

test('the payload is read from the runner’s file, and its absence is no error', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'event-'))
  const path = join(folder.path, 'event.json')
  expect(readEvent({ GITHUB_EVENT_PATH: path })).toEqual({})
  writeFileSync(path, '{"a":1}')
  expect(readEvent({ GITHUB_EVENT_PATH: path })).toEqual({ a: 1 })
  expect(readEvent({})).toEqual({})
})
