import type { Log } from '@ecs-release/core'
import { type BuildProgress, buildProgress, type StepCounts } from './progress.ts'
import { stepOutput } from './step-output.ts'

/** Where a running build's lines go: to the log at once, in a group for each stage, and how it ended in none. */
export interface BuildLog {
  line(text: string): void
  /** No more lines; resolves once all are shown. */
  end(): Promise<void>
  steps(): StepCounts
  /** The last lines, for an explanation of what went wrong. */
  tail(): readonly string[]
  /** The last lines of the command that failed. */
  output(): readonly string[]
}

const KEPT = 200

/** The log's groups are asynchronous and the lines are not, so these wait in a queue for the one reader. */
export function buildLog(log: Log): BuildLog {
  const progress = buildProgress()
  const queue = lineQueue()
  const tail: string[] = []
  const output = stepOutput()
  const shown = show(queue.take, progress, log)
  return {
    line(text) {
      output.line(text)
      tail.push(text)
      if (tail.length > KEPT) tail.shift()
      queue.put(text)
    },
    end() {
      queue.put(undefined)
      return shown
    },
    steps: () => progress.steps(),
    tail: () => tail,
    output: () => output.ofFailed(),
  }
}

async function show(
  take: () => Promise<string | undefined>,
  progress: BuildProgress,
  log: Log,
): Promise<void> {
  const next = async () => {
    const text = await take()
    return text === undefined ? undefined : { text: relabelled(text), group: progress.groupOf(text) }
  }
  let line = await next()
  while (line !== undefined) {
    const { group } = line
    const rest = async () => {
      for (; line !== undefined && line.group === group; line = await next()) log.info(line.text)
    }
    if (group === undefined) await rest()
    else await log.group(group, rest)
  }
}

/** The first build of a branch has nothing to read yet, which is no error. */
function relabelled(line: string): string {
  return line.replace(
    /^(#\d+) ERROR: failed to configure registry cache importer: (\S+): not found$/,
    '$1 no cache in $2 yet',
  )
}

interface LineQueue {
  put(line: string | undefined): void
  /** undefined is the end. */
  take(): Promise<string | undefined>
}

function lineQueue(): LineQueue {
  const waiting: (string | undefined)[] = []
  let taker: ((line: string | undefined) => void) | undefined
  return {
    put(line) {
      if (taker === undefined) waiting.push(line)
      else taker(line)
      taker = undefined
    },
    take: () =>
      new Promise((resolve) => {
        if (waiting.length > 0) resolve(waiting.shift())
        else taker = resolve
      }),
  }
}
