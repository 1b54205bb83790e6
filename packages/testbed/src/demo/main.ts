/** `npm run demo`: four releases of the example app on a local AWS, with users on it all along. */
import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { narrator } from './narrator.ts'
import { type DemoOptions, demoOptions, usage } from './options.ts'
import { reasons } from './reasons.ts'
import { root } from './repository.ts'
import { type DemoReport, requestsPerSecond, runDemo } from './run.ts'
import { table } from './table.ts'

const summaries = join(root, '.demo/summaries')
const tell = narrator((line) => console.log(line), process.stdout.isTTY === true)

function report({ results, users }: DemoReport): void {
  const rows = results.map((result) => [
    result.name,
    result.outcome,
    result.digest.slice(0, 19),
    result.seconds.toFixed(1),
    String(result.requests),
    String(result.errors),
  ])
  tell.plain('')
  for (const line of table(['release', 'outcome', 'image', 'seconds', 'user requests', 'user errors'], rows))
    tell.plain(`   ${line}`)
  tell.plain('')
  tell.fact(
    `${users.sent} user requests in ${users.seconds.toFixed(1)} s; the job summaries are in ${relative(process.cwd(), summaries)}`,
  )
  for (const sample of users.samples) tell.bad(`a user met: ${sample}`)
  tell.plain(`user errors: ${users.errors}`)
}

const interrupted = new AbortController()

/** The first Ctrl-C ends everything in order, the second at once; either way nothing stays behind. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(130)
  tell.plain('\nInterrupted: ending the tasks and the local AWS …')
  interrupted.abort()
}

async function main(options: DemoOptions): Promise<void> {
  rmSync(summaries, { recursive: true, force: true })
  tell.title(`A local AWS, the example app, four releases, ${requestsPerSecond} user requests a second.`)
  const demo = await runDemo(options, { summaries, tell, signal: interrupted.signal })
  report(demo)
  if (demo.users.errors > 0 || demo.results.some(({ expected }) => !expected)) process.exitCode = 1
}

/** undefined, and the usage is told, where the command line cannot be read. */
function asked(): DemoOptions | undefined {
  try {
    return demoOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exitCode = 1
    return undefined
  }
}

process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
const options = asked()
try {
  if (options !== undefined) await main(options)
} catch (error) {
  if (interrupted.signal.aborted) {
    tell.plain('Nothing is left behind.')
    process.exit(130)
  }
  for (const reason of reasons(error)) console.error(reason)
  process.exitCode = 1
}
