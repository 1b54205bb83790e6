import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Tells the demo's story in a terminal, or plainly where there is none. */
export interface Narrator {
  title(text: string): void
  chapter(name: string, story: string): void
  /** A line of somebody else's log. */
  quote(line: string): void
  fact(text: string): void
  good(text: string): void
  bad(text: string): void
  plain(text: string): void
}

export function narrator(write: (line: string) => void, colours: boolean): Narrator {
  const styled = (style: Style, text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text
  return {
    title: (text) => write(styled('bold', text)),
    chapter: (name, story) => write(`\n${styled(['bold', 'cyan'], `━━ ${name}`)}  ${story}`),
    quote: (line) => write(`${styled('dim', '   │')} ${/^Error: /.test(line) ? styled('red', line) : line}`),
    fact: (text) => write(`   ${text}`),
    good: (text) => write(`   ${styled('green', '✔')} ${text}`),
    bad: (text) => write(`   ${styled('red', '✘')} ${text}`),
    plain: write,
  }
}
