import { formatDuration } from '../../time/duration.ts'
import { statusLine } from './status-line.ts'
import type { View } from './watch.ts'

/**
 * Prints service events once each, oldest first, and the status line when it has changed. Events from before `since`, an
 * instant of the server's clock, belong to somebody else.
 */
export function narrator(print: (line: string) => void, since: Date): (view: View) => void {
  const seen = new Set<string>()
  let shown = ''
  return (view) => {
    for (const event of view.service.events.toReversed()) {
      if (seen.has(event.id) || event.createdAt < since) continue
      seen.add(event.id)
      print(`  ${event.message}`)
    }
    const line = statusLine(view)
    if (line !== shown) print(`${line} · ${formatDuration(view.elapsed / 1000)}`)
    shown = line
  }
}
