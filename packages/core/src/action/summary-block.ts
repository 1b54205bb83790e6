import { codeBlock, html } from './foreign-text.ts'

/** A piece of the page. Only details can be shortened. */
export type Block =
  | { kind: 'fixed'; markdown: string }
  | { kind: 'details'; title: string; text: string; language: string }

/** A block as it stands on the page. */
export function rendered(block: Block): string {
  if (block.kind === 'fixed') return block.markdown
  // The blank lines end the HTML block, so that the fence in between is Markdown again.
  const { title, text, language } = block
  return `<details><summary>${html(title)}</summary>\n\n${codeBlock(text, language)}\n\n</details>`
}
