import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { git } from './git.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = {
  Dockerfile: 'FROM scratch\nCOPY a.txt /\nWORKDIR /app\nCOPY b.txt ./\n',
  'a.txt': 'a',
  'b.txt': 'b',
}
const missing = await withoutDocker()

/** A later commit of the files as they are. */
function nextCommit(workspace: string): string {
  git(workspace, 'commit', '-q', '--all', '--allow-empty', '-m', 'Change something or nothing')
  return git(workspace, 'rev-parse', 'HEAD')
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

  test('is written where it is missing or a layer has changed, and only there', async () => {
    await using here = await imageJob(action, { ...FILES, 'b.txt': randomUUID() })
    await here.repository('web')
    await here.repository('web-cache')
    const written = () => here.images.repositories.get('web-cache')?.tags.get('main')
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')
    const before = written()
    expect(before).toMatch(/^sha256:/)
    await using same = await here.step({ repository: 'web' }, { github: { sha: nextCommit(here.workspace) } })
    expect(same.outputs['cache-hit'], same.log).toBe('true')
    expect(same.log).not.toContain('exporting cache')
    writeFileSync(join(here.workspace, 'b.txt'), randomUUID())
    await using changed = await here.step(
      { repository: 'web' },
      { github: { sha: nextCommit(here.workspace) } },
    )
    expect(changed.log).toContain('writing the cache')
    expect(written()).not.toBe(before)
    expect(changed.outputs.outcome).toBe('pushed')
  })
})
