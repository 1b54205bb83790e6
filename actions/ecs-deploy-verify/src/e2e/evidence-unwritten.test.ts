import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { world } from './world.fixture.ts'

interface Place extends AsyncDisposable {
  /** RUNNER_TEMP of a step that is run by `node`. */
  temp: string
  node: string
}

/** A RUNNER_TEMP that can be taken away: the runner's own has the command files of the step in it. */
async function place(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'runner-temp-'))
  const [temp, node] = [join(folder, 'temp'), join(folder, 'node')]
  await mkdir(temp)
  await writeFile(node, `#!/bin/sh\nRUNNER_TEMP=${temp} exec ${process.execPath} "$@"\n`, { mode: 0o755 })
  return { temp, node, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

test.concurrent('evidence that cannot be written does not hide that the release went well', async () => {
  await using aws = await world()
  const v2 = await aws.push('v2')
  await using folder = await place()
  const until = () => rm(folder.temp, { recursive: true })
  aws.testbed.faults.inject({ operation: 'UpdateService', nth: 1, fault: { kind: 'late-answer', until } })
  await using run = await aws.deployUnchecked({ images: v2.uri }, { node: folder.node })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true', evidence: '' })
  expect(run.outputs.message).toBe('orders runs orders:2 on 1 task, proven by digest')
  const [error, ...others] = run.annotations.filter(({ level }) => level === 'error')
  expect(others).toEqual([])
  expect(error?.message).toContain(
    'orders runs orders:2 on 1 task, proven by digest. The evidence could not be written to RUNNER_TEMP (ENOENT)',
  )
  expect(run.log).not.toContain('defect')
})

test.concurrent('where nothing can be written, nothing is deployed', async () => {
  await using aws = await world()
  const v2 = await aws.push('v2')
  await using folder = await place()
  await rm(folder.temp, { recursive: true })
  await using run = await aws.deployUnchecked({ images: v2.uri }, { node: folder.node })
  expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
  expect(run.outputs.message).toBe('The task definition could not be written to RUNNER_TEMP (ENOENT)')
  expect(aws.testbed.calls.of('ecs', 'UpdateService')).toHaveLength(0)
})
