import { stripVTControlCharacters } from 'node:util'

/*
 * Text that somebody else wrote (service events, container logs, error messages, branch names) may hold workflow commands.
 * The runner reads `::command::` at the start of a line, leading blanks ignored, and `##[command]` anywhere in a line.
 * Source: actions/runner, ActionCommand; GitHub, "Workflow commands for GitHub Actions".
 */

const LINE_BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g
// Tab and line feed stay. The others can move a terminal's cursor or end a line for some reader of the log.
const CONTROLS = /[\p{Cc}\u2066-\u2069\u202a-\u202e]/gu
const COMMAND_AT_START = /^((?:[^\S\n]|[\u180e\u200b-\u200d\u2060\ufeff])*)(?=::)/gm

/** One line break per line, no colours, no control characters. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(LINE_BREAKS, '\n')
    .replace(CONTROLS, (character) => (character === '\n' || character === '\t' ? character : ''))
}

/** Makes every workflow command in foreign text harmless for the log: a backslash shows where one would have been. */
export function inert(text: string): string {
  return plain(text)
    .replace(COMMAND_AT_START, '$1\\')
    .replace(/##(?=\[)/g, '#\\#')
}

/**
 * Foreign text as the value of an output. A later step may well echo it, and would run a command in it then. JSON keeps its meaning:
 * what it could hold of a command is written with an escape.
 */
export function outputText(text: string): string {
  return /^[[{]/.test(text) ? text.replace(/##(?=\[)/g, '#\\u0023') : inert(text)
}

/** Foreign text as one line, for an error message or a heading. */
export function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim()
}

/** Foreign text as one line of HTML: no elements, no mention and no reference to an issue. */
export function html(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@(?=\w)|#(?=\d)/g, '$&<!-- -->')
}

/**
 * Foreign text as inline Markdown that shows exactly that text, in one line, also in a cell of a table. Not for use inside a
 * code span, where escapes stay as they are. Source: GitHub Flavored Markdown, "Backslash escapes" and "Tables".
 */
export function markdown(text: string): string {
  // In this order: an escape inside a colour's control sequence would keep that from being seen as one.
  return html(oneLine(text).replace(/[\\`*_~$[\]]/g, '\\$&'))
    .replace(/\|/g, '&#124;')
    .replace(/^([#+=-])/, '\\$1')
    .replace(/^(\d+)(?=[.)](\s|$))/, '$1<!-- -->')
}

/** Foreign text in a code block whose fence is longer than any run of backticks in it. */
export function codeBlock(text: string, language = ''): string {
  const body = plain(text).replace(/\n+$/, '')
  const longest = body.matchAll(/`+/g).reduce((length, [run]) => Math.max(length, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${body}\n${fence}`
}
