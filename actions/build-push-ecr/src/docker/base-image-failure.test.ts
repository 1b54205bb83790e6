import { expect, test } from 'vitest'
import { attempted, excerpt, failed } from './failure.fixture.ts'
import { explainFailure } from './failure.ts'

test.each<[string, string[], string, string]>([
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
  ],
  [
    'a base image that is not there, whose digest holds 429 and 401',
    [
      ...excerpt(1, 'FROM ghcr.io/a/b@sha256:0429f401'),
      failed(
        'ghcr.io/a/b@sha256:0429f401: failed to resolve source metadata for ghcr.io/a/b@sha256:0429f401: ghcr.io/a/b@sha256:0429f401: not found',
      ),
    ],
    'the base image ghcr.io/a/b@sha256:0429f401 cannot be read',
    'Check the name and the tag',
  ],
  [
    'a registry that fails, with a digest that holds 403',
    [
      ...excerpt(1, 'FROM ghcr.io/a/b:1'),
      failed(
        'ghcr.io/a/b:1: failed to resolve source metadata for ghcr.io/a/b:1: unexpected status from GET request to https://ghcr.io/v2/a/b/blobs/sha256:0403f: 502 Bad Gateway',
      ),
    ],
    '502 Bad Gateway',
    'Check that the runner can reach the registry',
  ],
])('%s', (_, lines, message, hint) => {
  const failure = explainFailure(lines, attempted)
  expect(failure.message).toContain(message)
  expect(failure.hint).toContain(hint)
  expect(failure.again).toBe('no')
  expect(`${failure.message}\n${failure.hint}`.split('\n')).toHaveLength(2)
})
