import { expect, test } from 'vitest'
import { inputs } from './inputs.ts'

test('all mistakes are told at once, in the words of the user, and build arguments are not shown', () => {
  const env = {
    INPUT_REPOSITORY: 'Web:v1',
    INPUT_PLATFORMS: 'amd64',
    'INPUT_BUILD-ARGS': 'A=fine\n=s3cret',
    INPUT_SECRETS: 'npm',
    INPUT_TAGS: 'sha\nraw=latest\nsemver',
    'INPUT_CACHE-REPOSITORY': '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web-cache',
    'INPUT_MUTABLE-TAGS': 'a*b*c*',
    'INPUT_EXTRA-ARGS': '--ssh=default\n--push',
    INPUT_SCAN: 'yes',
  }
  const strategies =
    'expected branch-sha, sha, latest, run-number, branch or raw=TEXT, where TEXT is a tag of at most 128 letters, digits, dots, dashes and underscores and not latest'
  expect(() => inputs.read(env)).toThrow(
    [
      '10 problems with the inputs:',
      'repository: expected the name or the URI of a private ECR repository, in lower case, without tag or digest, got "Web:v1"',
      'platforms: line 1: expected a platform such as linux/amd64, got "amd64"',
      'build-args: line 2: expected NAME=VALUE',
      'secrets: line 1: expected id=NAME_OF_ENV_VARIABLE, and not the value',
      `tags: line 2: ${strategies}, got "raw=latest"`,
      `tags: line 3: ${strategies}, got "semver"; for a tag of your own write raw=semver`,
      'cache-repository: expected the name alone of an ECR repository, in lower case, which is in the same registry as the image, got "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web-cache"',
      'mutable-tags: line 1: expected a tag, or a pattern with at most two *, got "a*b*c*"',
      'scan: expected off or wait, got "yes"',
      'extra-args: line 2: --push is not taken here: use the input push',
    ].join('\n'),
  )
})

test.each([
  ['commas', 'branch-sha, sha', 'got "branch-sha, sha"; write one per line'],
  ['a version', 'v1.2.3', 'got "v1.2.3"; for a tag of your own write raw=v1.2.3'],
])('tags with %s are told how they are written', (_, tags, expected) => {
  expect(() => inputs.read({ INPUT_REPOSITORY: 'web', INPUT_TAGS: tags })).toThrow(expected)
})

test.each([
  ['behind its id', 'NPM=ghp_abc-DEF.123', 'NPM'],
  ['with a name in it', 'NPM=password=x', 'NPM'],
  ['alone', 'ghp_abcDEF123', 'id'],
  ['alone, with padding', 'c2VjcmV0LXZhbHVl==', 'id'],
])('a secret that was written itself is not shown: %s', (_, secrets, id) => {
  expect(() => inputs.read({ INPUT_REPOSITORY: 'web', INPUT_SECRETS: secrets })).toThrow(
    new RegExp(`^secrets: line 1: expected ${id}=NAME_OF_ENV_VARIABLE, and not the value$`),
  )
})
