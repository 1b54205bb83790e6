import { join } from 'node:path'
import { DeleteRepositoryCommand } from '@aws-sdk/client-ecr'
import {
  type ActionOptions,
  type ActionRun,
  buildImage,
  type ImageJob,
  imageJob,
  type RegistryFault,
  withoutContainerdStore,
} from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutContainerdStore()
const PUSH = { repository: 'web', cache: 'off', tags: 'branch-sha' }

/** The registry answers every upload with the fault. */
const answered = (fault: RegistryFault) => (here: ImageJob) => {
  here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault })
  return here.step(PUSH)
}

/** Something happens in the repository after the preflight, while the first request of that kind waits. */
const meanwhile =
  (
    operation: string,
    happens: (here: ImageJob) => Promise<unknown>,
    inputs: ActionOptions['inputs'] = PUSH,
  ) =>
  (here: ImageJob) => {
    const over = Promise.withResolvers<void>()
    here.ecr.faults.inject({ operation, times: 1, fault: { kind: 'hold', until: over.promise } })
    let begun = false
    const onOutput = (line: string) => {
      if (begun || !line.includes(operation === 'PutImage' ? 'pushing manifest' : 'pushing layers')) return
      begun = true
      void happens(here).then(() => over.resolve(), over.reject)
    }
    return here.step(inputs, { onOutput })
  }

const removed = ({ client }: ImageJob) =>
  client.send(new DeleteRepositoryCommand({ repositoryName: 'web', force: true }))

/** Another job is faster, with another image under the same tag. */
const taken = async ({ images, commit }: ImageJob) =>
  images.push('web', `main-${commit}`, await buildImage({ files: { c: 'c' }, config: {} }))

interface Row {
  name: string
  /** That of a build which only pushes is the default; the base image's registry throttles. */
  dockerfile?: (base: ImageJob) => string
  provoke?: (here: ImageJob) => Promise<ActionRun>
  /** All that the annotation says. HOST is the registry, BASE that of the base image, COMMIT the commit. */
  text: string[]
  /** The line of the Dockerfile that the annotation stands at. */
  line?: number
}

const ROWS: Row[] = [
  {
    name: 'NAME_UNKNOWN: the repository is gone',
    provoke: meanwhile('InitiateLayerUpload', removed),
    text: [
      'The repository web does not exist in HOST',
      'Create it (Terraform: aws_ecr_repository), or set create-repository: true.',
    ],
  },
  {
    name: 'TAG_INVALID: the tag is taken for good',
    provoke: meanwhile('PutImage', taken),
    text: [
      'web:main-COMMIT exists and is another image than asked for: its commit is not known, not COMMIT, it was not built by this action',
      'Give this build a tag of its own in place of branch-sha and sha: tags: raw=other-SHORT.',
    ],
  },
  {
    name: 'TAG_INVALID: it cannot be pushed anew',
    provoke: meanwhile('PutImage', taken, { ...PUSH, 'if-exists': 'rebuild' }),
    text: [
      'The tag main-COMMIT of web exists and is immutable, and this build made another image',
      'An immutable tag cannot be pushed anew: leave out if-exists to take the image that is there, or give tags one line raw=TEXT in place of branch-sha and sha.',
    ],
  },
  {
    name: '401: the login is not accepted',
    provoke: answered({ kind: 'unauthorized' }),
    text: [
      'HOST did not accept the login of these credentials',
      'Check that repository names the account and Region of the role that aws-actions/configure-aws-credentials assumed.',
    ],
  },
  {
    name: '403: a right is missing',
    provoke: answered({ kind: 'denied' }),
    text: [
      'AWS does not allow these credentials to push to web',
      'Allow ecr:BatchCheckLayerAvailability, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage and ecr:BatchGetImage on the repository, and ecr:GetAuthorizationToken on *.',
    ],
  },
  {
    name: '403: the login has expired',
    provoke: answered({ kind: 'expired' }),
    text: [
      'HOST says that the login has expired, also after a new one',
      'Run aws-actions/configure-aws-credentials right before this step, and check the clock of the runner.',
    ],
  },
  {
    name: '429',
    provoke: answered({ kind: 'throttle' }),
    text: [
      'HOST throttled the push in every attempt',
      'Many jobs push at the same time: run the step again, or have the quotas of Amazon ECR raised.',
    ],
  },
  {
    name: '5xx',
    provoke: answered({ kind: 'server-error', status: 503 }),
    text: [
      'HOST could not be reached, or failed, in every attempt to push',
      'Run the step again; if it persists, check network and proxy of the runner and the AWS Health Dashboard.',
    ],
  },
  {
    name: 'the rate limit of a base image',
    dockerfile: ({ ecr }) => `FROM ${ecr.host}/base:1\n`,
    text: [
      'Dockerfile:1: FROM BASE/base:1: the base image BASE/base:1 cannot be read: unexpected status from HEAD request to http://BASE/v2/base/manifests/1: 429 Too Many Requests',
      'Log in to its registry before this step (docker/login-action), or take the image from a pull-through cache of Amazon ECR.',
    ],
    line: 1,
  },
  {
    name: 'no space where a command writes',
    dockerfile: () =>
      'FROM node:24-slim\nRUN --mount=type=tmpfs,target=/tmp,size=65536 cat /dev/zero > /tmp/z\n',
    text: [
      'Dockerfile:2: RUN --mount=type=tmpfs,target=/tmp,size=65536 cat /dev/zero > /tmp/z: exit code 1 after "cat: write error: No space left on device"',
      'If it is the disk of the runner or of the builder that is full, free it before this step (docker system prune --all --force, tools that are not needed), or use a larger runner.',
    ],
    line: 2,
  },
  {
    name: 'a command that fails',
    dockerfile: () => 'FROM node:24-slim\n\nRUN echo "no such package" >&2; exit 3\n',
    text: [
      'Dockerfile:3: RUN echo "no such package" >&2; exit 3: exit code 3 after "no such package"',
      'Its last lines stand right above this error in the log, and all of them in the group of its stage.',
    ],
    line: 3,
  },
]

describe.skipIf(missing !== undefined)('Docker: what is told of', () => {
  test.concurrent.each(ROWS)(
    '$name',
    async ({ dockerfile, provoke, text, line }) => {
      await using other = await imageJob(action, FILES)
      other.ecr.faults.inject({ fault: { kind: 'throttle' } })
      const Dockerfile = dockerfile?.(other) ?? FILES.Dockerfile
      await using here = await imageJob(action, { ...FILES, Dockerfile })
      await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
      await using run = await (provoke ?? (() => here.step(PUSH)))(here)
      expect(run.conclusion).toBe('failure')
      const message = text
        .join('\n')
        .replaceAll('HOST', here.ecr.host)
        .replaceAll('BASE', other.ecr.host)
        .replaceAll('COMMIT', here.commit)
        .replaceAll('SHORT', here.commit.slice(0, 7))
      const at = line === undefined ? {} : { file: 'Dockerfile', line }
      expect(run.annotations).toEqual([{ level: 'error', message, ...at }])
      expect(message.split('\n').length).toBeLessThan(3)
    },
    120_000,
  )
})
