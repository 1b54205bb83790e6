import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files of one stage, by the variable that names each. */
export interface CommandFiles {
  GITHUB_PATH: string
  GITHUB_ENV: string
  GITHUB_STEP_SUMMARY: string
  GITHUB_STATE: string
  GITHUB_OUTPUT: string
}

/** New empty files: a stage never sees what another wrote. */
export function commandFiles(runnerTemp: string): CommandFiles {
  const directory = join(runnerTemp, '_runner_file_commands')
  mkdirSync(directory, { recursive: true })
  const file = (prefix: string): string => {
    const path = join(directory, `${prefix}_${randomUUID()}`)
    writeFileSync(path, '')
    return path
  }
  return {
    GITHUB_PATH: file('add_path'),
    GITHUB_ENV: file('set_env'),
    GITHUB_STEP_SUMMARY: file('step_summary'),
    GITHUB_STATE: file('save_state'),
    GITHUB_OUTPUT: file('set_output'),
  }
}

/** The file's bytes; nothing when the action deleted it. */
export function contentOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

/** One path a line; empty lines do not count. */
export function parsePaths(text: string): string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '')
}

interface Line {
  text: string
  /** Where the line begins and where its text ends. */
  start: number
  end: number
  /** Whether a line break follows. */
  ended: boolean
}

/**
 * Reads `name=value` lines and `name<<DELIMITER` blocks one after the other; what comes before a mistake is good.
 * Throws in the runner's words. A carriage return belongs to the value.
 * Source: GitHub Docs, "Workflow commands for GitHub Actions", "Multiline strings", and the runner's reading.
 */
export function* parseAssignments(text: string): Generator<[name: string, value: string], void, undefined> {
  const lines = linesOf(text)
  for (const line of lines) {
    if (line.text === '') continue
    const equals = line.text.indexOf('=')
    const block = line.text.indexOf('<<')
    if (equals >= 0 && (block < 0 || equals < block)) {
      yield [line.text.slice(0, equals), line.text.slice(equals + 1)]
    } else if (block >= 0) {
      const delimiter = line.text.slice(block + 2)
      if (block === 0 || delimiter === '') throw invalid(line.text, emptyBlock)
      yield [line.text.slice(0, block), readBlock(text, lines, delimiter)]
    } else {
      throw invalid(line.text)
    }
  }
}

const emptyBlock = '. Name must not be empty and delimiter must not be empty'

function readBlock(text: string, lines: Iterator<Line, undefined>, delimiter: string): string {
  let first: Line | undefined
  let last: Line | undefined
  for (;;) {
    const { value: line } = lines.next()
    if (!line) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    if (line.text === delimiter) return first && last ? text.slice(first.start, last.end) : ''
    if (!line.ended) throw new Error('Invalid value. EOF marker missing new line.')
    first ??= line
    last = line
  }
}

function* linesOf(text: string): Generator<Line, undefined, undefined> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    yield { text: text.slice(start, end), start, end, ended: newline >= 0 }
    start = end + 1
  }
}

function invalid(line: string, more = ''): Error {
  return new Error(`Invalid format '${line}'${more}`)
}
