import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cost, median, stopwatch } from './cpu-time.ts'

const rounds = 9

/** How long an action's committed bundle takes until it has found its inputs missing, beside an empty script. */
export function startUp(root: string, actions: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-empty-'))
  const empty = join(folder, 'empty.mjs')
  writeFileSync(empty, '')
  using watch = stopwatch()
  try {
    const contenders = [
      { name: 'empty script', script: empty },
      ...actions.map((name) => ({ name, script: join(root, 'actions', name, 'dist/index.js') })),
    ]
    const costs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]))
    // In turns, so that a busy moment of the machine meets all of them.
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, script } of contenders) costs.get(name)?.push(watch.run(script, {}))
    }
    return lines(costs)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function lines(costs: ReadonlyMap<string, readonly Cost[]>): string[] {
  const base = median((costs.get('empty script') ?? []).map(({ cpu }) => cpu))
  return [...costs].map(([name, measured]) => {
    const cpu = median(measured.map((cost) => cost.cpu))
    const wall = median(measured.map((cost) => cost.wall))
    return `${name}: ${cpu.toFixed(0)} ms user+sys (${(cpu / base).toFixed(1)} × empty), ${wall.toFixed(0)} ms wall, median of ${rounds}`
  })
}
