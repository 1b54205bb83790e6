import type { Masks } from './masks.ts'

/** The log of a step as GitHub's page shows it. */
export interface StepLog {
  /** Shows a text, each of its lines masked and, inside a group, indented. */
  write(text: string): void
  openGroup(title: string): void
  closeGroup(): void
  text(): string
}

export function stepLog(masks: Masks, onOutput: (line: string) => void): StepLog {
  const shown: string[] = []
  let indent = ''
  const show = (line: string): void => {
    shown.push(line)
    onOutput(line)
  }
  return {
    write(text) {
      for (const line of text.split(/\r\n|\n|\r/)) show(`${indent}${masks.hide(line)}`)
    },
    openGroup(title) {
      // Groups do not nest on GitHub: a new one ends the one before.
      indent = '  '
      show(`▸ ${masks.hide(title)}`)
    },
    closeGroup() {
      indent = ''
    },
    text: () => shown.map((line) => `${line}\n`).join(''),
  }
}
