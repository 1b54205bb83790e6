import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a run of a program cost. */
export interface Cost {
  /** Milliseconds of processor time, user and system together: steadier than the clock on the wall. */
  cpu: number
  wall: number
}

/** Measures whole Node processes; disposal removes its files. */
export interface Stopwatch extends Disposable {
  run(script: string, env: Readonly<Record<string, string>>): Cost
}

/** Each process reports its own processor time as it exits, through a module that both contenders load. */
export function stopwatch(): Stopwatch {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const report = join(folder, 'cpu')
  const reporter = join(folder, 'reporter.mjs')
  writeFileSync(
    reporter,
    `import { writeFileSync } from 'node:fs'
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  writeFileSync(${JSON.stringify(report)}, String((user + system) / 1000))
})
`,
  )
  return {
    run(script, env) {
      const began = performance.now()
      spawnSync(process.execPath, ['--import', reporter, script], {
        env: { PATH: process.env.PATH ?? '', ...env },
      })
      return { cpu: Number(readFileSync(report, 'utf8')), wall: performance.now() - began }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
