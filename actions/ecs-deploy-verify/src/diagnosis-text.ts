import { type Investigation, type Log, type StoppedGroup, shortEvent } from '@ecs-release/core'

/** Tells in the log what was found out: causes first, then what they were concluded from. */
export function tellDiagnosis(log: Log, investigation: Investigation): void {
  for (const { cause, code, remedy } of investigation.findings) {
    // That nothing was found out is said once, by the error.
    if (code === 'unknown-failure') continue
    log.info(`Cause: ${cause}`)
    log.info(`  To do: ${remedy}`)
  }
  for (const line of [...stoppedLines(investigation.stopped), ...targetLines(investigation.targets)])
    log.info(line)
  tellLog(log, investigation)
}

/** Tells the last lines of the container that is suspected, or why there are none. */
export function tellLog(log: Log, { log: tail }: Pick<Investigation, 'log'>): void {
  if (tail === undefined) return
  if (tail.kind === 'lines') {
    log.info(`Last lines of container ${tail.container} (${tail.group}, ${tail.stream}):`)
    for (const line of tail.lines) log.info(`  ${line}`)
  } else log.info(`No log: ${tail.why}`)
}

/** `3 tasks stopped: Essential container in task exited – container app, exit code 1: …` */
export function stoppedLines(groups: readonly StoppedGroup[]): string[] {
  return groups.map(({ container, count, exitCode, meaning, reason, tasks }) => {
    const death = exitCode === undefined ? '' : ` – container ${container}, exit code ${exitCode}: ${meaning}`
    const others = tasks.length > 1 ? ' and others' : ''
    return `${count} ${count === 1 ? 'task' : 'tasks'} stopped: ${shortEvent(reason)}${death} (task ${tasks[0]}${others})`
  })
}

export function targetLines(targets: readonly string[]): string[] {
  return targets.map((target) => `Target ${target}`)
}
