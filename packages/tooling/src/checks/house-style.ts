import type { SourceFile } from './dependency-direction.ts'
import type { Problem } from './problem.ts'

const maximumLines = 200

const habits: readonly { pattern: RegExp; message: string; only?: RegExp }[] = [
  {
    pattern: /\bvi\.(mock|useFakeTimers)\b/,
    message: 'tests run the real thing: pass the clock or the client as a parameter',
  },
  {
    pattern: /@ts-(ignore|expect-error|nocheck)/,
    message: 'types are not silenced: parse the value at the border',
  },
  { pattern: /\.(only|todo)\(/, message: 'every test runs' },
  {
    pattern: /\btoMatchObject\(.*: ?\/[^/]/,
    message: 'any text matches a bare regular expression here: write expect.stringMatching',
  },
  {
    pattern:
      /[\w)\]}>]\s+as\s+(?:[A-Z{([]|(?:unknown|string|number|boolean|never|object|readonly|typeof|keyof)\b)/,
    message: 'no type assertion in what ships: parse the value at the border',
    only: /^(actions|packages\/core)\/(?!.*\.test\.ts$)/,
  },
]

/** Rules of architecture.md's style section that the linter does not know. */
export function houseStyle(files: readonly SourceFile[]): Problem[] {
  return files.flatMap((file) => [...length(file), ...fileName(file), ...broken(file)])
}

function length({ path, text }: SourceFile): Problem[] {
  const lines = text.split('\n').length - 1
  if (lines <= maximumLines) return []
  return [{ file: path, message: `${lines} lines; a file holds one idea in at most ${maximumLines}` }]
}

function fileName({ path }: SourceFile): Problem[] {
  if (!/(^|\/)(utils?|helpers?|common|misc|types)(\.ts|\/)/.test(path)) return []
  return [{ file: path, message: 'the name says nothing about what is inside' }]
}

function broken({ path, text }: SourceFile): Problem[] {
  const applying = habits.filter(({ only }) => only === undefined || only.test(path))
  return text.split('\n').flatMap((content, index) => {
    if (/^\s*(\/\/|\*|\/\*)/.test(content)) return []
    if (/^\s*(import|export)\b.*\bas\b/.test(content)) return []
    const code = content.replace(/(['"`]).*?\1/g, "''")
    return applying
      .filter(({ pattern }) => pattern.test(code))
      .map(({ message }) => ({ file: path, line: index + 1, message }))
  })
}
