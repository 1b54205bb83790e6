import { expect, test } from 'vitest'
import { diagnose } from '../diagnose.ts'
import type { Observed } from '../observed.ts'
import { codes, notFound, pullFailure, seen } from '../sample.ts'

test.each<[string, string, Observed]>([
  ['image-missing', 'a missing tag', seen({ tasks: [pullFailure(notFound)] })],
  [
    'image-missing',
    'the reason of the container only',
    seen({ tasks: [pullFailure(notFound, { stoppedReason: 'Task failed to start' })] }),
  ],
  [
    'image-missing',
    'an event that names the image',
    seen({ events: [`(service web) was unable to place a task. Reason: ${notFound}`] }),
  ],
  [
    'image-missing',
    'the words of docker',
    seen({
      tasks: [
        pullFailure(
          'CannotPullContainerError: Error response from daemon: manifest for repo:v2 not found: manifest unknown: Requested image not found',
        ),
      ],
    }),
  ],
  [
    'image-missing',
    'a missing repository',
    seen({
      tasks: [
        pullFailure(
          'CannotPullContainerError: API error (404): repository 1.dkr.ecr.us-east-1.amazonaws.com/web not found',
        ),
      ],
    }),
  ],
  [
    'image-missing',
    'a public image that is missing or private',
    seen({
      tasks: [
        pullFailure(
          'CannotPullContainerError: pull access denied, repository does not exist or may require authorization',
        ),
      ],
    }),
  ],
])('%s: %s', (code, _, observed) => {
  expect(codes(observed)).toEqual([code])
})

/** Each looks like the finding named and is something else. */
test.each<[string, string, Observed]>([
  [
    'image-missing',
    'an older image in an event',
    seen({
      events: [`(service web) was unable to place a task. Reason: ${notFound.replaceAll('v2', 'v1')}`],
    }),
  ],
  [
    'image-missing',
    'a denied pull',
    seen({
      tasks: [
        pullFailure(
          "CannotPullContainerError: The task can't pull the image. Check that the role has the permissions to pull images from the registry.",
        ),
      ],
    }),
  ],
  [
    'image-missing',
    'no route',
    seen({ tasks: [pullFailure('CannotPullContainerError: dial tcp 10.0.0.1:443: i/o timeout')] }),
  ],
  [
    'image-missing',
    'something else that is not found',
    seen({ tasks: [pullFailure('ResourceInitializationError: secret: not found')] }),
  ],
])('not %s: %s', (code, _, observed) => {
  expect(codes(observed)).not.toContain(code)
  expect(codes(observed)).toEqual(['unknown-failure'])
})

test('of several images the one that is missing is named', () => {
  const definition = {
    containerDefinitions: [
      { name: 'proxy', image: 'envoy:1' },
      { name: 'app', image: 'repo:v2' },
    ],
  }
  const events = [`(service web) was unable to place a task. Reason: ${notFound}`]
  const cause = 'the image repo:v2 cannot be pulled: the registry does not have it'
  expect(diagnose(seen({ definition, events })).findings[0].cause).toBe(cause)
  const elsewhere = 'CannotPullContainerError: manifest unknown'
  const tasks = [pullFailure(notFound), pullFailure(elsewhere, { id: '2' })]
  expect(diagnose(seen({ definition, tasks })).findings[0].cause).toBe(cause)
  expect(diagnose(seen({ definition, tasks: [pullFailure(elsewhere)] })).findings[0].cause).toBe(
    'the image envoy:1, repo:v2 cannot be pulled: the registry does not have it',
  )
})
