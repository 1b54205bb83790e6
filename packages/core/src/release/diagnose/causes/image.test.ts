import { expect, test } from 'vitest'
import { diagnose } from '../diagnose.ts'
import type { Scene } from '../observed.ts'
import { codes, notFound, pullFailure, seen } from '../sample.fixture.ts'

const onInstance = (said: string): Scene => {
  const reason = `CannotPullImageManifestError: Error response from daemon: ${said}`
  return seen({ tasks: [pullFailure(reason, { stoppedReason: 'Task failed to start' })] })
}

test.each<[string, string, Scene]>([
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
    'a tag that the agent of an instance cannot resolve',
    onInstance('manifest unknown: Requested image not found'),
  ],
  [
    'pull-denied',
    'a rate limit that it meets',
    onInstance('toomanyrequests: You have reached your pull rate limit.'),
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
test.each<[string, string, Scene]>([
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
  expect(diagnose(seen({ definition, tasks })).findings.map((each) => each.cause)).toEqual([cause])
  const nameless = pullFailure(elsewhere, { containers: [] })
  expect(diagnose(seen({ definition, tasks: [nameless] })).findings[0].cause).toBe(
    'the image envoy:1, repo:v2 cannot be pulled: the registry does not have it',
  )
})

const own = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v2'
const theirs = '444455556666.dkr.ecr.us-east-1.amazonaws.com/web:v2'
const user =
  'User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0123456789abcdef0123456789abcdef'
const forbidden = (image: string) =>
  `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: pulling from host x failed with status code [manifests v2]: 403 Forbidden`
const roleMayNot = `pull-denied: the execution role ecsTaskExecutionRole may not pull the image ${own}`

test.each<[string, string, string, string]>([
  [
    'a role without a token',
    own,
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): operation error ECR: GetAuthorizationToken, https response error StatusCode: 400, RequestID: x, api error AccessDeniedException: ${user} is not authorized to perform: ecr:GetAuthorizationToken on resource: *`,
    'pull-denied: the execution role ecsTaskExecutionRole may not sign in to Amazon ECR: it lacks ecr:GetAuthorizationToken',
  ],
  ['a role without the right', own, forbidden(own), roleMayNot],
  [
    "AWS's friendly form",
    own,
    "CannotPullContainerError: The task can't pull the image. Check that the role has the permissions to pull images from the registry.",
    roleMayNot,
  ],
  [
    'a HEAD request that is forbidden',
    own,
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref x: unexpected status from HEAD request to https://x/v2/web/manifests/v2: 403 Forbidden',
    roleMayNot,
  ],
  [
    'another account',
    theirs,
    forbidden(theirs),
    `pull-denied: the image ${theirs} belongs to the account 444455556666, which does not let the execution role ecsTaskExecutionRole pull it`,
  ],
  [
    'a registry that wants a login',
    'registry.example.com/web:v2',
    'CannotPullContainerError: Error response from daemon: Get https://registry.example.com/v2/: no basic auth credentials',
    'pull-denied: the registry of the image registry.example.com/web:v2 wants a login',
  ],
  [
    'a rate limit',
    'nginx:1',
    'CannotPullContainerError: inspect image has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code 429: toomanyrequests: You have reached your pull rate limit.',
    'pull-denied: the registry of the image nginx:1 allows no more pulls for now (rate limit)',
  ],
  [
    'an index without the platform',
    own,
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    `wrong-architecture: the image ${own} is not built for linux/amd64, on which the task runs`,
  ],
])('%s', (_, image, reason, text) => {
  const executionRoleArn = 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole'
  const definition = { executionRoleArn, containerDefinitions: [{ name: 'app', image }] }
  const { findings } = diagnose(seen({ tasks: [pullFailure(reason)], definition }))
  expect(findings.map(({ cause, code }) => `${code}: ${cause}`)).toEqual([text])
})

test.each([
  [
    'a disk that is full',
    'CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob1: no space left on device',
  ],
  ['another 403', 'Essential container in task exited: 403 Forbidden'],
  [
    'layers that do not fit',
    "CannotPullContainerError: ref pull has been retried 1 time(s): number of layers and diffIDs don't match: 3 != 15",
  ],
])('none of them: %s', (_, reason) => {
  expect(codes(seen({ tasks: [pullFailure(reason)] }))).toEqual(['unknown-failure'])
})
