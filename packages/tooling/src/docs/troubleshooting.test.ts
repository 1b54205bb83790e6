import { expect, test } from 'vitest'
import { troubleshootingGuide } from './troubleshooting.ts'

const text = {
  code: 'late',
  symptom: "Nobody's there",
  meaning: 'They come later.',
  cases: {
    one: { cause: 'task {taskName} is late', remedy: 'Wait for {taskName}.' },
    other: { cause: 'all are late', remedy: 'Wait for {taskName}.' },
  },
}

test('a section says what you see, what it means and what to do, the same thing once', () => {
  const guide = troubleshootingGuide([text])
  expect(guide).toContain("| [Nobody's there](#nobodys-there) | `late` |")
  expect(guide.slice(guide.indexOf('## '))).toBe(`## Nobody's there

Code: \`late\`

**What you see**

- task TASK NAME is late
- all are late

**What it means** They come later.

**What to do**

- Wait for TASK NAME.
`)
})

test('every cause that can be found has its section, and no name is left unread', () => {
  const guide = troubleshootingGuide()
  const codes = [...guide.matchAll(/^Code: `([a-z-]+)`$/gm)].map(([, code]) => code)
  expect(codes).toEqual(
    expect.arrayContaining(['image-missing', 'no-route', 'grace-period', 'unknown-failure']),
  )
  expect(new Set(codes).size).toBe(codes.length)
  expect(guide).not.toMatch(/\{\w+\}/)
})
