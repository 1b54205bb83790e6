import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { eachLine } from '../process/output-lines.ts'
import { missingBuilds } from './demo.fixture.ts'
import { root } from './repository.ts'

const enough = 60_000
const main = join(root, 'packages/testbed/src/demo/main.ts')

/** The processes that this one started, and those that they did. */
function descendants(ancestor: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ id: Number(name), parent: parentOf(name) }))
  const below = (id: number): number[] =>
    parents.filter(({ parent }) => parent === id).flatMap((child) => [child.id, ...below(child.id)])
  return below(ancestor)
}

/** 0 for one that is gone, or that only waits for its end to be noticed. */
function parentOf(id: string): number {
  try {
    // The name, in brackets, may hold anything.
    const [state, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return state === 'Z' ? 0 : Number(parent)
  } catch {
    return 0
  }
}

const alive = (ids: readonly number[]): number[] => ids.filter((id) => parentOf(String(id)) !== 0)

/** Those that are there although they had a moment to go. */
async function left(ids: readonly number[]): Promise<number[]> {
  for (let look = 0; look < 30 && alive(ids).length > 0; look += 1) await wait(100)
  return alive(ids)
}

/** Starts a demo as a shell does, in a process group of its own. */
function startDemo(args: string[]): { child: ChildProcess; lines: string[] } {
  const lines: string[] = []
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, (line) => lines.push(line))
  return { child, lines }
}

/** Presses Ctrl-C once a line is there, which a terminal tells the whole group. */
async function interruptedAt(moment: string, args: string[]): Promise<{ started: number[]; story: string }> {
  const { child, lines } = startDemo(args)
  const ended = once(child, 'exit')
  await expect.poll(() => lines.join('\n'), { timeout: enough, interval: 20 }).toContain(moment)
  await wait(500)
  const id = child.pid ?? 0
  const started = descendants(id)
  process.kill(-id, 'SIGINT')
  expect(await ended, lines.join('\n')).toEqual([130, null])
  return { started, story: lines.join('\n') }
}

const containers = (): string =>
  execFileSync('docker', ['ps', '--all', '--format', '{{.Image}}'], { encoding: 'utf8' })

describe.concurrent('Ctrl-C', () => {
  test.each([
    // By then there are two tasks and the action; before the first task there may be nothing to leave behind.
    ['while a deployment is followed', '▸ Progress', 3],
    ['before the first task runs', 'Without Docker', 0],
  ])(
    'leaves no process behind %s',
    async (_, moment, atLeast) => {
      const { started, story } = await interruptedAt(moment, ['--processes'])
      expect(started.length).toBeGreaterThanOrEqual(atLeast)
      expect(await left(started)).toEqual([])
      expect(story).toMatch(/Nothing is left behind\.$/)
    },
    enough * 2,
  )
})

describe.skipIf(missingBuilds !== undefined).concurrent('Docker: Ctrl-C', () => {
  test(
    'leaves no container behind while a deployment is followed',
    async () => {
      const { started, story } = await interruptedAt('▸ Progress', [])
      const host = /gets the image (\S+)\/orders@/.exec(story)?.[1] ?? 'no image'
      expect(host).toMatch(/^127\.0\.0\.1:\d+$/)
      expect(containers()).not.toContain(`${host}/`)
      expect(await left(started)).toEqual([])
    },
    enough * 2,
  )

  test(
    'ends a build',
    async () => {
      const { started, story } = await interruptedAt('builds the first image', [])
      expect(started.length).toBeGreaterThan(0)
      expect(await left(started)).toEqual([])
      expect(story).not.toContain('build-push-ecr: Pushed')
    },
    enough * 2,
  )
})
