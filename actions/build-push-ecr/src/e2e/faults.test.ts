import { join } from 'node:path'
import { DeleteRepositoryCommand } from '@aws-sdk/client-ecr'
import {
  type ActionRun,
  buildImage,
  type ImageJob,
  imageJob,
  type RegistryFault,
  withoutDocker,
} from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()
const PUSH = { repository: 'web', cache: 'off', tags: 'branch-sha' }

/** The registry answers every upload with the fault. */
const answered = (fault: RegistryFault) => (here: ImageJob) => {
  here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault })
  return here.step(PUSH)
}

/** Something happens in the repository after the preflight, while the first request of that kind waits. */
const meanwhile = (operation: string, happens: (here: ImageJob) => Promise<unknown>) => (here: ImageJob) => {
  const over = Promise.withResolvers<void>()
  here.ecr.faults.inject({ operation, times: 1, fault: { kind: 'hold', until: over.promise } })
  let begun = false
  const onOutput = (line: string) => {
    if (begun || !line.includes(operation === 'PutImage' ? 'pushing manifest' : 'pushing layers')) return
    begun = true
    void happens(here).then(() => over.resolve(), over.reject)
  }
  return here.step(PUSH, { onOutput })
}

const removed = ({ client }: ImageJob) =>
  client.send(new DeleteRepositoryCommand({ repositoryName: 'web', force: true }))

/** Another job is faster with another image of the same commit. */
const taken = async ({ images, commit }: ImageJob) =>
  images.push('web', `main-${commit}`, await buildImage({ files: { c: 'c' }, config: {} }))

interface Row {
  name: string
  dockerfile?: (base: ImageJob) => string
  provoke?: (here: ImageJob) => Promise<ActionRun>
  /** All that the annotation says; HOST is that of the registry, BASE that of the base image, COMMIT the commit. */
  text: string
}

const rows: Row[] = [
  { name: 'NAME_UNKNOWN', provoke: meanwhile('InitiateLayerUpload', removed), text: '' },
  { name: 'TAG_INVALID', provoke: meanwhile('PutImage', taken), text: '' },
  { name: '401', provoke: answered({ kind: 'unauthorized' }), text: '' },
  { name: '403', provoke: answered({ kind: 'denied' }), text: '' },
  { name: 'an expired login', provoke: answered({ kind: 'expired' }), text: '' },
  { name: '429', provoke: answered({ kind: 'throttle' }), text: '' },
  { name: '5xx', provoke: answered({ kind: 'server-error', status: 503 }), text: '' },
  { name: 'the rate limit of a base image', dockerfile: ({ ecr }) => `FROM ${ecr.host}/base:1\n`, text: '' },
  {
    name: 'no space',
    dockerfile: () =>
      'FROM node:24-slim\nRUN --mount=type=tmpfs,target=/full,size=65536 head -c 1000000 /dev/zero > /full/zeros\n',
    text: '',
  },
  {
    name: 'a line of the Dockerfile',
    dockerfile: () => 'FROM node:24-slim\n\nRUN echo "no such package" >&2; exit 3\n',
    text: '',
  },
  {
    name: 'a file that is missing',
    dockerfile: () => 'FROM scratch\n# ##[error]not ours\nCOPY nothing /b\n',
    text: '',
  },
]

describe.skipIf(missing !== undefined)('Docker: what is told of', () => {
  test.concurrent.each(rows)('$name', async ({ dockerfile, provoke, text }) => {
    await using other = await imageJob(action, FILES)
    other.ecr.faults.inject({ fault: { kind: 'throttle' } })
    await using here = await imageJob(action, {
      ...FILES,
      ...(dockerfile && { Dockerfile: dockerfile(other) }),
    })
    await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
    await using run = await (provoke ?? (() => here.step(PUSH)))(here)
    expect(run.conclusion).toBe('failure')
    const expected = text
      .replaceAll('HOST', here.ecr.host)
      .replaceAll('BASE', other.ecr.host)
      .replaceAll('COMMIT', here.commit)
    expect(run.annotations).toEqual([])
    expect(run.annotations.map(({ message }) => message)).toEqual([expected])
    expect(expected.split('\n').length).toBeLessThan(3)
  }, 120_000)
})
