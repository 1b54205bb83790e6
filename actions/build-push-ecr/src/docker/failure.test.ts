import { expect, test } from 'vitest'
import { attempted, excerpt, failed } from './failure.fixture.ts'
import { type Attempted, type BuildFailure, explainFailure } from './failure.ts'

const pushing = (why: string) => [
  ' > exporting to image:',
  '------',
  `ERROR: failed to build: failed to solve: failed to push registry.test/team/web:main-1: ${why}`,
]
const HEAD = 'unexpected status from HEAD request to http://registry.test/v2/team/web/blobs/sha256:0a'

test.each<[string, string[], string, string, BuildFailure['again']]>([
  [
    'a missing repository',
    pushing("name unknown: The repository with name 'team/web' does not exist in the registry with id '1'"),
    'The repository team/web does not exist in registry.test',
    'create-repository: true',
    'no',
  ],
  [
    'an immutable tag',
    pushing(
      "tag invalid: The image tag 'main-1' already exists in the 'team/web' repository and cannot be overwritten because the tag is immutable.",
    ),
    'The tag main-1 of team/web exists and is immutable, and this build made another image',
    'run the step again to take that image',
    'no',
  ],
  [
    'a wrong login',
    pushing(`${HEAD}: 401 Unauthorized`),
    'did not accept the login',
    'account and Region',
    'login-and-push',
  ],
  [
    'no permission',
    pushing(`${HEAD}: 403 Forbidden`),
    'AWS does not allow these credentials to push to team/web',
    'ecr:InitiateLayerUpload',
    'login-and-push',
  ],
  [
    'an expired login',
    pushing('denied: Your authorization token has expired. Reauthenticate and try again.'),
    'says that the login has expired',
    'clock of the runner',
    'login-and-push',
  ],
  [
    'throttling',
    pushing('toomanyrequests: Rate exceeded'),
    'throttled the push',
    'quotas of Amazon ECR',
    'push',
  ],
  [
    'a server error',
    pushing(`${HEAD}: 503 Service Unavailable`),
    'could not be reached, or failed',
    'Health Dashboard',
    'push',
  ],
  [
    'a broken connection',
    pushing('write tcp 10.0.0.1:1->10.0.0.2:443: write: connection reset by peer'),
    'could not be reached',
    'Run the step again',
    'push',
  ],
  [
    'a layer that a proxy takes for too large, in an account whose number holds 429 and a repository called 503',
    pushing(
      'unexpected status from PUT request to https://442911112222.dkr.ecr.eu-west-1.test/v2/503/blobs/uploads/429: 413 Request Entity Too Large',
    ),
    '413 Request Entity Too Large',
    'lines above this error',
    'no',
  ],
  [
    'a full disk',
    [...excerpt(3, 'RUN npm ci'), failed('write /a: no space left on device')],
    'The disk of the runner or of the builder is full',
    'To go on, free it before this step (docker system prune',
    'no',
  ],
  [
    'no engine',
    ['ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?'],
    'No Docker engine answers',
    'DOCKER_HOST',
    'no',
  ],
])('%s', (_, lines, message, hint, again) => {
  const failure = explainFailure(lines, attempted)
  expect(failure.message).toContain(message)
  expect(failure.hint).toContain(hint)
  expect(failure.again).toBe(again)
  expect(`${failure.message}\n${failure.hint}`.split('\n')).toHaveLength(2)
})

test('a repository that was just created may not be known everywhere yet', () => {
  const lines = pushing("name unknown: The repository with name 'team/web' does not exist")
  expect(explainFailure(lines, { ...attempted, newRepository: true }).again).toBe('push')
})

test.each<[Attempted['ifExists'], string]>([
  ['reuse', 'run the step again'],
  ['rebuild', 'leave out if-exists to take the image that is there, or give tags one line raw=TEXT'],
  ['fail', 'leave out if-exists'],
])('an immutable tag that is taken, with if-exists: %s', (ifExists, hint) => {
  const lines = pushing('tag invalid: The image tag cannot be overwritten because the tag is immutable.')
  const failure = explainFailure(lines, { ...attempted, ifExists })
  expect(failure.hint).toContain(hint)
  expect(failure.tagTaken).toBe(true)
})
