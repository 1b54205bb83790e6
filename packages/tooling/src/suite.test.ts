import { expect, test } from 'vitest'
import { suiteNamedIn } from './suite.ts'

const release = (reference: string): string => `jobs:\n  build:\n    uses: ${reference}\n`

test.each(['octo-org/ecs-release-actions', 'octo-org/releases'])(
  'release.yml says that the suite is %s',
  (name) => {
    expect(suiteNamedIn(release(`${name}/.github/workflows/build.yml@v1`))).toBe(name)
  },
)

test.each([
  './.github/workflows/build.yml',
  'octo-org/ecs-release-actions/.github/workflows/deploy.yml@v1',
  'octo-org/ecs-release-actions/.github/workflows/build.yml@main',
])('it is not to be read from %s', (reference) => {
  expect(() => suiteNamedIn(release(reference))).toThrow('release.yml calls no OWNER/REPOSITORY')
})
