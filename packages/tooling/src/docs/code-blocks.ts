/** A fenced block of a Markdown file. */
export interface CodeBlock {
  /** The first word after the fence; empty when there is none. */
  language: string
  text: string
  /** Of the fence, counted from 1. */
  line: number
}

/** The fenced blocks of a Markdown text, also those indented in a list. Source: CommonMark, "Fenced code blocks". */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { fence: string; indent: number; block: CodeBlock } | undefined
  for (const [index, line] of markdown.split('\n').entries()) {
    const found = /^( *)(`{3,}|~{3,})\s*(\S*)/.exec(line)
    const [, indent = '', fence = '', language = ''] = found ?? []
    if (open === undefined) {
      if (found === null) continue
      open = { fence, indent: indent.length, block: { language, text: '', line: index + 1 } }
    } else if (fence.startsWith(open.fence) && language === '') {
      blocks.push(open.block)
      open = undefined
    } else {
      open.block.text += `${withoutIndent(line, open.indent)}\n`
    }
  }
  // A fence that nobody closes runs to the end of the file, and nobody meant that.
  if (open !== undefined) blocks.push({ ...open.block, language: 'unclosed' })
  return blocks
}

function withoutIndent(line: string, indent: number): string {
  return line.slice(Math.min(indent, line.length - line.trimStart().length))
}
