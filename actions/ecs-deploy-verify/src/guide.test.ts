import { expect, test } from 'vitest'
import { guide } from './guide.ts'

const action = { GITHUB_ACTION_REPOSITORY: 'octo/ecs-release-actions', GITHUB_ACTION_REF: 'v1' }
const path = 'action-docs/guides/x.md'

test.each([
  ['an action by its repository', action, `https://github.com/octo/ecs-release-actions/blob/v1/${path}`],
  [
    'on another server',
    { ...action, GITHUB_SERVER_URL: 'https://git.example.com' },
    `https://git.example.com/octo/ecs-release-actions/blob/v1/${path}`,
  ],
  ['an action by its path', { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }, path],
  ['outside GitHub', {}, path],
])('%s', (_, env, expected) => {
  expect(guide(env, 'x.md')).toBe(expected)
})
