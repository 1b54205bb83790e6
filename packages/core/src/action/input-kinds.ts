import { formatDuration, parseDuration } from '../time/duration.ts'

/** What became of an input's text. Problems are written in the user's words, without the input's name. */
export type Parsed<T> = { kind: 'value'; value: T } | { kind: 'problems'; problems: readonly string[] }

/** A form that an input's text can have. */
export interface Kind<T> {
  /** Takes text that is not empty and has no blanks around it. */
  parse(text: string): Parsed<T>
}

export interface Range {
  min?: number
  max?: number
}

/**
 * A form of one's own: `expected` completes "expected …", `parse` answers undefined for text that is not of this form.
 */
export function form<T>(expected: string, parse: (text: string) => T | undefined): Kind<T> {
  return {
    parse(text) {
      const value = parse(text)
      return value === undefined
        ? { kind: 'problems', problems: [`expected ${expected}, got ${quoted(text)}`] }
        : { kind: 'value', value }
    },
  }
}

/** Any text. */
export const text: Kind<string> = { parse: (value) => ({ kind: 'value', value }) }

/** Exactly the words that GitHub's own boolean inputs know. */
export const flag: Kind<boolean> = form('true or false', (word) =>
  /^(true|True|TRUE)$/.test(word) ? true : /^(false|False|FALSE)$/.test(word) ? false : undefined,
)

export function wholeNumber(range: Range = {}): Kind<number> {
  const expected = `a whole number${bounds(range, String)}`
  return form(expected, (digits) => (/^-?\d+$/.test(digits) ? within(range, Number(digits)) : undefined))
}

/** Seconds, written `30s`, `10m`, `2h` or `1h30m`; the range is in seconds too. */
export function duration(range: Range = {}): Kind<number> {
  const limits = bounds(range, formatDuration)
  const expected = `a duration such as 10m${limits === '' ? '' : `,${limits}`}`
  return form(expected, (written) => {
    const seconds = parseDuration(written)
    return seconds === undefined ? undefined : within(range, seconds)
  })
}

export function oneOf<const Words extends readonly string[]>(...words: Words): Kind<Words[number]> {
  return form(list(words), (word) => words.find((known) => known === word))
}

/** One item per line; empty lines are skipped. A problem names its line, and tells lists that are written another way. */
export function lines<T>(item: Kind<T>): Kind<readonly T[]> {
  return {
    parse(value) {
      const values: T[] = []
      const problems: string[] = []
      for (const [index, line] of value.split(/\r?\n/).entries()) {
        if (line.trim() === '') continue
        const parsed = item.parse(line.trim())
        if (parsed.kind === 'value') values.push(parsed.value)
        else {
          const remedy = isList(item, line) ? '; write one per line' : ''
          problems.push(...parsed.problems.map((problem) => `line ${index + 1}: ${problem}${remedy}`))
        }
      }
      return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'value', value: values }
    },
  }
}

function isList<T>(item: Kind<T>, line: string): boolean {
  const parts = line.split(/[,;\s]+/).filter((part) => part !== '')
  return parts.length > 1 && parts.every((part) => item.parse(part).kind === 'value')
}

function within({ min = -Infinity, max = Infinity }: Range, value: number): number | undefined {
  return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined
}

function bounds({ min, max }: Range, written: (value: number) => string): string {
  if (min !== undefined && max !== undefined) return ` from ${written(min)} to ${written(max)}`
  if (min !== undefined) return ` of ${written(min)} or more`
  return max === undefined ? '' : ` of ${written(max)} or less`
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
}
