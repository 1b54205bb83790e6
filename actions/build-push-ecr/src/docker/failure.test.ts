import { expect, test } from 'vitest'
import { type Attempted, type BuildFailure, explainFailure } from './failure.ts'

const attempted: Attempted = {
  image: 'registry.test/team/web:main-1',
  file: undefined,
  dockerfile: 'app/Dockerfile',
  ifExists: 'reuse',
  newRepository: false,
}
const pushing = (why: string) => [
  ' > exporting to image:',
  '------',
  `ERROR: failed to build: failed to solve: failed to push registry.test/team/web:main-1: ${why}`,
]
const excerpt = (line: number, text: string) => [
  '------',
  ' > [2/2] a step:',
  '0.094 npm ERR! Test failed.',
  '------',
  `Dockerfile:${line}`,
  '--------------------',
  '   1 |     FROM node:24-slim',
  `   ${line} | >>> ${text}`,
  '--------------------',
]
const failed = (why: string) => `ERROR: failed to build: failed to solve: ${why}`
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
    'a full disk',
    [...excerpt(3, 'RUN npm ci'), failed('write /a: no space left on device')],
    'The disk of the runner or of the builder is full',
    'docker system prune',
    'no',
  ],
  [
    'no engine',
    ['ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?'],
    'No Docker engine answers',
    'DOCKER_HOST',
    'no',
  ],
  [
    'a command that fails',
    [
      ...excerpt(3, 'RUN npm test'),
      failed('process "/bin/sh -c npm test" did not complete successfully: exit code: 1'),
    ],
    'app/Dockerfile:3: RUN npm test: exit code 1 after "npm ERR! Test failed."',
    'above this error',
    'no',
  ],
  [
    'a command that was killed',
    [
      ...excerpt(3, 'RUN npm ci'),
      failed('process "/bin/sh -c npm ci" did not complete successfully: exit code: 137'),
    ],
    'Dockerfile:3: RUN npm ci: exit code 137',
    'lack of memory',
    'no',
  ],
  [
    'a file that is not in the context',
    [
      ...excerpt(2, 'COPY build /app'),
      failed(
        'failed to compute cache key: failed to calculate checksum of ref qaex::lofj: "/build": not found',
      ),
    ],
    'Dockerfile:2: COPY build /app: /build is not in the context',
    '.dockerignore',
    'no',
  ],
  [
    'an instruction that does not exist',
    [
      ...excerpt(2, 'COPPY a /a'),
      failed('dockerfile parse error on line 2: unknown instruction: COPPY (did you mean COPY?)'),
    ],
    'Dockerfile:2: COPPY a /a: dockerfile parse error on line 2: unknown instruction: COPPY (did you mean COPY?)',
    'lines above this error',
    'no',
  ],
  [
    'no Dockerfile',
    [failed('failed to read dockerfile: open Dockerfile: no such file or directory')],
    'There is no Dockerfile in the root of context',
    'Set file',
    'no',
  ],
  [
    'no context',
    ['ERROR: failed to build: unable to prepare context: path "app" not found'],
    'path "app" not found',
    'Set context',
    'no',
  ],
  [
    'the rate limit of Docker Hub',
    [
      ...excerpt(1, 'FROM node:24'),
      failed(
        'node:24: failed to resolve source metadata for docker.io/library/node:24: failed to copy: httpReadSeeker: 429 Too Many Requests - toomanyrequests: You have reached your pull rate limit',
      ),
    ],
    'the base image docker.io/library/node:24 cannot be read',
    'pull-through cache',
    'no',
  ],
  [
    'a base image that needs a login, although it is not the push that failed',
    [
      ...excerpt(1, 'FROM ghcr.io/a/b:1'),
      failed(
        'ghcr.io/a/b:1: failed to resolve source metadata for ghcr.io/a/b:1: unexpected status: 401 Unauthorized',
      ),
    ],
    'the base image ghcr.io/a/b:1 cannot be read',
    'docker/login-action',
    'no',
  ],
  [
    'a git repository that cannot be reached',
    [
      "#1 0.014 fatal: unable to access 'https://git.test/a/b.git/': Could not resolve host: git.test",
      failed(
        'failed to read dockerfile: failed to load cache key: failed to fetch remote https://git.test/a/b.git: git stderr:',
      ),
      "fatal: unable to access 'https://git.test/a/b.git/': Could not resolve host: git.test",
      ': exit status 128',
    ],
    'context: the git repository https://git.test/a/b.git cannot be read: unable to access',
    'GIT_AUTH_TOKEN',
    'no',
  ],
  [
    'a git repository without a branch to find',
    [
      failed(
        'failed to read dockerfile: failed to load cache key: error fetching default branch for repository https://git.test/a.git: git stderr:',
      ),
      'fatal: repository not found',
      ': exit status 128',
    ],
    'context: the git repository https://git.test/a.git cannot be read: repository not found',
    'Check the URL',
    'no',
  ],
  [
    'a context that cannot be downloaded',
    [
      failed(
        'failed to read downloaded context: failed to load cache key: Get "http://files.test/x.tar.gz": connection refused',
      ),
    ],
    'context: it cannot be downloaded: Get "http://files.test/x.tar.gz": connection refused',
    'Check the URL',
    'no',
  ],
  [
    'a git URL over SSH without an agent',
    [
      failed(
        'failed to convert agent config {default [] false}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set',
      ),
    ],
    'SSH_AUTH_SOCK names none',
    'https URL',
    'no',
  ],
  [
    'a stage that is not there',
    [failed('target stage "nope" could not be found')],
    'target: the Dockerfile has no stage nope',
    'FROM line',
    'no',
  ],
  [
    'something unforeseen',
    ['', 'unknown flag: --frob', '', "Run 'docker --help' for more information"],
    'unknown flag: --frob',
    'lines above this error',
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

test('an instruction of several lines is one, and its place is known', () => {
  const lines = [
    'Dockerfile:3',
    '--------------------',
    '   2 |     WORKDIR /x',
    '   3 | >>> RUN echo one && \\',
    '   4 | >>>     npm run build && \\',
    '   5 | >>>     npm test',
    '--------------------',
    failed('process "/bin/sh -c echo one" did not complete successfully: exit code: 3'),
  ]
  expect(explainFailure(lines, attempted, ['one', 'boom: no config'])).toMatchObject({
    message:
      'app/Dockerfile:3: RUN echo one && npm run build && npm test: exit code 3 after "boom: no config"',
    at: { file: 'app/Dockerfile', line: 3 },
    excerpt: { text: 'one\nboom: no config' },
  })
  const elsewhere = explainFailure(lines, { ...attempted, dockerfile: undefined })
  expect([elsewhere.message, elsewhere.at]).toEqual([
    'Dockerfile:3: RUN echo one && npm run build && npm test: exit code 3',
    undefined,
  ])
})

test('of a script in a heredoc only the first line is told', () => {
  const lines = [
    'Dockerfile:2',
    '--------------------',
    '   2 | >>> RUN <<EOF',
    '   3 | >>> exit 4',
    '   4 | >>> EOF',
    '--------------------',
    failed('process "/bin/sh -c exit 4\\n" did not complete successfully: exit code: 4'),
  ]
  expect(explainFailure(lines, attempted).message).toBe('app/Dockerfile:2: RUN <<EOF …: exit code 4')
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
