import { expect, test } from 'vitest'
import { attempted, excerpt, failed } from './failure.fixture.ts'
import { explainFailure } from './failure.ts'

test.each<[string, string[], string, string]>([
  [
    'a command that fails',
    [
      ...excerpt(3, 'RUN npm test'),
      failed('process "/bin/sh -c npm test" did not complete successfully: exit code: 1'),
    ],
    'app/Dockerfile:3: RUN npm test: exit code 1 after "npm ERR! Test failed."',
    'above this error',
  ],
  [
    'a command that was killed',
    [
      ...excerpt(3, 'RUN npm ci'),
      failed('process "/bin/sh -c npm ci" did not complete successfully: exit code: 137'),
    ],
    'Dockerfile:3: RUN npm ci: exit code 137',
    'lack of memory',
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
  ],
  [
    'an instruction that does not exist',
    [
      ...excerpt(2, 'COPPY a /a'),
      failed('dockerfile parse error on line 2: unknown instruction: COPPY (did you mean COPY?)'),
    ],
    'Dockerfile:2: COPPY a /a: dockerfile parse error on line 2: unknown instruction: COPPY (did you mean COPY?)',
    'lines above this error',
  ],
  [
    'no Dockerfile',
    [failed('failed to read dockerfile: open Dockerfile: no such file or directory')],
    'There is no Dockerfile in the root of context',
    'Set file',
  ],
  [
    'no context',
    ['ERROR: failed to build: unable to prepare context: path "app" not found'],
    'path "app" not found',
    'Set context',
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
  ],
  [
    'a stage that is not there',
    [failed('target stage "nope" could not be found')],
    'target: the Dockerfile has no stage nope',
    'FROM line',
  ],
  [
    'something unforeseen',
    ['', 'unknown flag: --frob', '', "Run 'docker --help' for more information"],
    'unknown flag: --frob',
    'lines above this error',
  ],
])('%s', (_, lines, message, hint) => {
  const failure = explainFailure(lines, attempted)
  expect(failure.message).toContain(message)
  expect(failure.hint).toContain(hint)
  expect(failure.again).toBe('no')
  expect(`${failure.message}\n${failure.hint}`.split('\n')).toHaveLength(2)
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

test.each([
  [
    'the system',
    ['added 3 packages', 'cat: write error: No space left on device', 'gave up'],
    'If it is the disk',
  ],
  ['npm', ['npm error code ENOSPC', 'npm error A complete log of this run'], 'If it is the disk'],
  ['nobody', ['no space between these words'], 'Its last lines stand'],
])('a command that fails, and of a full disk tells %s', (_, output, hint) => {
  const lines = [
    ...excerpt(3, 'RUN npm ci'),
    failed('process "/bin/sh -c npm ci" did not complete successfully: exit code: 228'),
  ]
  expect(explainFailure(lines, attempted, output).hint).toMatch(new RegExp(`^${hint}`))
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
