import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../repository.ts'

const folder = join(root, 'example-infra')

/** The statements of a file that no comment stands before, by their Sid. One line that opens it may stand between. */
function withoutReason(text: string): string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const sid = /^\s*Sid\s+= "(\w+)"/.exec(line)?.[1]
    if (sid === undefined) return []
    const before = lines.slice(Math.max(0, index - 2), index)
    const last = before.pop() ?? ''
    const reason = /[{[(]$/.test(last) ? (before.pop() ?? '') : last
    return /^\s*# /.test(reason) ? [] : [sid]
  })
}

test('every statement of IAM has its reason before it', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tf') && !name.includes('.terraform/'),
  )
  const texts = files.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
  expect(
    texts
      .map(([, text]) => text)
      .join('\n')
      .match(/\bSid\b/g)?.length,
  ).toBeGreaterThan(40)
  expect(texts.flatMap(([name, text]) => withoutReason(text).map((sid) => `${name} ${sid}`))).toEqual([])
})

test('a statement after another’s end, or after a line of code, has none', () => {
  expect(
    withoutReason('    {\n      # Why.\n      Sid    = "A"\n    },\n    {\n      Sid    = "B"\n    },'),
  ).toEqual(['B'])
  expect(withoutReason('# Why.\n[for each in [1] : {\n  Sid = "A", Effect = "Allow"\n')).toEqual([])
  expect(withoutReason('# Why both.\nx = [\n  {\n    Sid = "A"\n')).toEqual(['A'])
  expect(withoutReason('x = {\n  Effect = "Allow"\n  Sid = "A"\n')).toEqual(['A'])
})
