import { markdown, plain } from './foreign-text.ts'
import type { Block } from './summary-block.ts'
import { fit } from './summary-budget.ts'

/** Text of ours or of others; it is escaped, so it shows as it is. `code()` and `link()` are the only markup. */
export type Text = string | { kind: 'code'; text: string } | { kind: 'link'; text: string; url: string }

export function code(text: string): Text {
  return { kind: 'code', text }
}

/** `url` must be http or https; anything else is shown as its text only. */
export function link(text: string, url: string): Text {
  return { kind: 'link', text, url }
}

/** The page that a step shows on the summary of its run. Blocks appear in the order of the calls. */
export interface Summary {
  heading(text: string, level?: 1 | 2 | 3): Summary
  sentence(...parts: readonly Text[]): Summary
  list(items: readonly Text[]): Summary
  /** A row with fewer cells than headers is filled up. */
  table(headers: readonly Text[], rows: readonly (readonly Text[])[]): Summary
  /** A folded section with text as it was written: logs, events, JSON. Shortened when the page would get too long. */
  details(title: string, text: string, language?: string): Summary
  /** The page as Markdown, never more than `budget` bytes. */
  markdown(budget?: number): string
}

/** GitHub drops a step's summary above 1 MiB altogether; what is kept back leaves room for others that write to the same file. */
export const SUMMARY_BUDGET = 1_000_000

export function newSummary(): Summary {
  const blocks: Block[] = []
  const add = (text: string): Summary => {
    blocks.push({ kind: 'fixed', markdown: text })
    return summary
  }
  const summary: Summary = {
    heading: (text, level = 2) => add(`${'#'.repeat(level)} ${markdown(text)}`),
    sentence: (...parts) => add(parts.map(inline).join('')),
    list: (items) => add(items.map((item) => `- ${inline(item)}`).join('\n')),
    table: (headers, rows) => add(table(headers, rows)),
    details(title, text, language = '') {
      blocks.push({ kind: 'details', title, text: plain(text), language })
      return summary
    },
    markdown: (budget = SUMMARY_BUDGET) => fit(blocks, budget),
  }
  return summary
}

function table(headers: readonly Text[], rows: readonly (readonly Text[])[]): string {
  const line = (cells: readonly Text[]) =>
    `| ${headers.map((_, index) => inline(cells[index] ?? '')).join(' | ')} |`
  return [line(headers), `|${' --- |'.repeat(headers.length)}`, ...rows.map(line)].join('\n')
}

function inline(text: Text): string {
  if (typeof text === 'string') return escaped(text)
  // An HTML element and not backticks: a code span would show entities as they are and could not hold a backtick.
  if (text.kind === 'code') return text.text.trim() === '' ? '' : `<code>${markdown(text.text)}</code>`
  const url = /^https?:\/\/[^\s<>"'`\\|()[\]]+$/.test(text.url) ? text.url : undefined
  return url === undefined ? markdown(text.text) : `[${markdown(text.text)}](${url})`
}

// Blanks at the ends separate the parts of a sentence; inside they collapse as in all Markdown.
function escaped(text: string): string {
  const shown = markdown(text)
  return shown === ''
    ? text.slice(0, 1).replace(/\S/, '')
    : `${/^\s/.test(text) ? ' ' : ''}${shown}${/\s$/.test(text) ? ' ' : ''}`
}
