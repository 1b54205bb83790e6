import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { imagePath } from './image-path.ts'
import { narrator } from './narrator.ts'
import { demoOptions } from './options.ts'
import { type DemoReport, runDemo } from './run.ts'

/** Longer than a demo takes on a machine that is busy with other tests. */
export const aWholeDemo = 420_000

const path = await imagePath('containers')
/** Why the demo cannot build its images on this machine; undefined where it does. */
export const missingBuilds: string | undefined = path.tasks === 'containers' ? undefined : path.why
if (missingBuilds !== undefined) console.info(`Tests of the demo with Docker are left out. ${missingBuilds}`)

/** Runs a demo to its end. `heard` gets each line as it is told. */
export async function demo(
  args: readonly string[],
  heard: (line: string) => void = () => {},
): Promise<{ report: DemoReport; story: string; summary: string }> {
  const summaries = await mkdtemp(join(tmpdir(), 'demo-'))
  const told: string[] = []
  const write = (line: string): void => {
    told.push(line)
    heard(line)
  }
  try {
    const { signal } = new AbortController()
    const report = await runDemo(demoOptions(args), { summaries, tell: narrator(write, false), signal })
    return { report, story: told.join('\n'), summary: await readFile(join(summaries, 'v4.md'), 'utf8') }
  } finally {
    await rm(summaries, { recursive: true })
  }
}

export const outcomes = ({ results }: DemoReport): Record<string, string> =>
  Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]))
