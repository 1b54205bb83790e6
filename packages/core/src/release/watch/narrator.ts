import { formatDuration } from '../../time/duration.ts'
import { shortEvent } from './event-text.ts'
import { statusLine } from './status-line.ts'
import type { View } from './watch.ts'

/**
 * Prints service events once each, oldest first, and the status line when it has changed. `earlier` are the ids of events
 * that were there before the deployment and belong to somebody else.
 */
export function narrator(print: (line: string) => void, earlier: ReadonlySet<string>): (view: View) => void {
  const seen = new Set(earlier)
  let shown = ''
  return (view) => {
    for (const event of view.service.events.toReversed()) {
      if (seen.has(event.id)) continue
      seen.add(event.id)
      print(`  ${shortEvent(event.message)}`)
    }
    const line = statusLine(view)
    if (line !== shown) print(`${line} · ${formatDuration(view.elapsed / 1000)}`)
    shown = line
  }
}
