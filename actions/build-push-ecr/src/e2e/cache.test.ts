import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { buildImage, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = {
  Dockerfile: 'FROM scratch\nCOPY a.txt /\nWORKDIR /app\nCOPY b.txt ./\n',
  'a.txt': 'a',
  'b.txt': 'b',
}
const missing = await withoutDocker()

/** A later commit of the same files. */
function nextCommit(workspace: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', workspace, ...args], { encoding: 'utf8' }).trim()
  const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']
  git(...who, 'commit', '-q', '--allow-empty', '-m', 'Change nothing')
  return git('rev-parse', 'HEAD')
}

describe.skipIf(missing !== undefined)('Docker: the cache', () => {
  test('of one commit serves the next, whose image bears its own time', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await here.repository('web-cache')
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')
    const sha = nextCommit(here.workspace)
    await using second = await here.step({ repository: 'web' }, { github: { sha } })
    expect(second.outputs, second.log).toMatchObject({ 'cache-hit': 'true', reused: 'false' })
    const [before, after] = await Promise.all(
      [first, second].map(({ outputs }) => here.images.resolve(outputs.uri ?? '')),
    )
    const created = 'org.opencontainers.image.created'
    expect(before?.config.Labels?.[created]).toBe('2023-11-14T22:13:20.000Z')
    expect(Date.parse(after?.config.Labels?.[created] ?? '')).toBeGreaterThan(Date.now() - 600_000)
  })

  test('that cannot be written fails nothing: the image is pushed, and has its tags', async () => {
    // No build has had this file, so there is something to write.
    await using here = await imageJob(action, { ...FILES, 'b.txt': randomUUID() })
    await here.repository('web')
    await here.repository('web-cache', { imageTagMutability: 'IMMUTABLE' })
    // An earlier build's, which stays where it is.
    const earlier = here.images.push('web-cache', 'main', await buildImage({ files: { c: 'c' }, config: {} }))
    await using run = await here.step({ repository: 'web' })
    expect(run.conclusion, run.log).toBe('success')
    expect((await here.images.resolve(`${here.ecr.host}/web:latest`)).digest).toBe(run.outputs.digest)
    expect(here.images.repositories.get('web-cache')?.tags).toEqual(new Map([['main', earlier.digest]]))
    // It was tried, and the log has what the registry said.
    const tried = here.ecr.requests.of('PutImage').filter(({ repository }) => repository === 'web-cache')
    expect(tried.map(({ outcome }) => outcome)).toContain(400)
    expect(run.log).toContain('cannot be overwritten because the repository is immutable')
  })
})
