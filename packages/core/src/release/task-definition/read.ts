import { parse, YAMLParseError } from 'yaml'
import { ActionError } from '../../action/action-error.ts'
import type { JsonValue } from '../../aws/json.ts'

/**
 * Reads a JSON or YAML document. An error says what is wrong and where, but quotes nothing and has no cause: the parsers' own
 * messages show a piece of the text, in which there may be a password.
 */
export function parseDocument(text: string, path: string): JsonValue {
  const isJson = path.endsWith('.json')
  try {
    return isJson ? JSON.parse(text) : parse(text)
  } catch (error) {
    const reason = isJson ? jsonReason(text, error) : yamlReason(error)
    throw new ActionError('file', `${path}: cannot be read as ${isJson ? 'JSON' : 'YAML'}: ${reason}`)
  }
}

function yamlReason(error: unknown): string {
  if (!(error instanceof YAMLParseError)) return 'the parser gave up'
  const [start] = error.linePos ?? []
  const what = error.message.split(/ at line \d|["\n]/)[0]?.replace(/[:\s]+$/, '')
  return start === undefined ? `${what}` : `${what} at line ${start.line}, column ${start.col}`
}

/** V8 says the position of some errors only. */
function jsonReason(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const token = /^Unexpected token '?(.)/su.exec(message)?.[1]
  if (token !== undefined)
    return `unexpected ${JSON.stringify(token)} at ${place(text, firstUnexpected(text))}`
  const at = /^(.*?) at position (\d+)/s.exec(message)
  if (at === null) return `it ends too early, at ${place(text, text.length)}`
  return `${at[1]} at ${place(text, Number(at[2]))}`
}

/** Where the shortest beginning of the text ends that already has an unexpected token. */
function firstUnexpected(text: string): number {
  let [good, bad] = [0, text.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isUnexpected(text.slice(0, middle))) bad = middle
    else good = middle
  }
  return good
}

function isUnexpected(beginning: string): boolean {
  try {
    JSON.parse(beginning)
    return false
  } catch (error) {
    return error instanceof Error && error.message.startsWith('Unexpected token')
  }
}

function place(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}
