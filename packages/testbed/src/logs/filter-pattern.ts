import { invalidParameter } from './log-input.ts'

interface Terms {
  all: string[]
  any: string[]
  none: string[]
}

function parse(pattern: string): Terms {
  const terms: Terms = { all: [], any: [], none: [] }
  for (const [, sign, quoted, bare] of pattern.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)) {
    const term = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? ''
    const kind = sign === '-' ? 'none' : sign === '?' ? 'any' : 'all'
    terms[kind].push(term)
  }
  return terms
}

/**
 * The test that a filter pattern stands for: words and "phrases" that must all occur, `?word` any of which must,
 * `-word` which must not. Matches case. JSON, column and regular-expression patterns are not modelled and refused.
 * Source: CloudWatch Logs User Guide, "Filter pattern syntax".
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) throw invalidParameter('Invalid filter pattern')
  const { all, any, none } = parse(pattern)
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (any.length === 0 || any.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term))
}
