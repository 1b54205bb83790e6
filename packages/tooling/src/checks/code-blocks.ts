import { spawnSync } from 'node:child_process'
import { parseAllDocuments } from 'yaml'
import { type CodeBlock, codeBlocks } from '../docs/code-blocks.ts'
import type { SourceFile } from './dependency-direction.ts'
import type { Problem } from './problem.ts'

/** The documents whose code somebody copies. */
export const documents: RegExp =
  /^((README|CONTRIBUTING|SECURITY|CHANGELOG)\.md|action-docs\/.*\.md|actions\/[^/]+\/README\.md|example-infra\/(.*\/)?README\.md)$/

/** What is wrong with a block's text, by its language; undefined when it can be parsed. */
const parsers: Readonly<Record<string, (text: string) => string | undefined>> = {
  yaml: yamlProblem,
  yml: yamlProblem,
  json: (text) => thrown(() => JSON.parse(text)),
  sh: shellProblem,
  bash: shellProblem,
  // The grammar of each kind of diagram is Mermaid's own; its kind and its brackets are what can be told without a browser.
  mermaid: mermaidProblem,
  text: () => undefined,
  diff: () => undefined,
}

/** Every code block names its language and can be parsed as that. */
export function unparsableBlocks(files: readonly SourceFile[]): Problem[] {
  return files
    .filter(({ path }) => documents.test(path))
    .flatMap(({ path, text }) =>
      codeBlocks(text).flatMap((block) => {
        const message = problemOf(block)
        return message === undefined ? [] : [{ file: path, line: block.line, message }]
      }),
    )
}

function problemOf({ language, text }: CodeBlock): string | undefined {
  if (language === 'unclosed') return 'the code block is never closed'
  const parser = parsers[language]
  if (parser !== undefined) return parser(text)
  return `a code block in "${language}": name one of ${Object.keys(parsers).join(', ')}`
}

function yamlProblem(text: string): string | undefined {
  const documents = parseAllDocuments(text)
  return Array.isArray(documents) ? documents.flatMap(({ errors }) => errors)[0]?.message : undefined
}

function shellProblem(text: string): string | undefined {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
  return status === 0 ? undefined : stderr.trim()
}

const diagrams = /^(flowchart (LR|RL|TB|TD|BT)|sequenceDiagram|stateDiagram-v2|gantt|timeline)\n/

function mermaidProblem(text: string): string | undefined {
  if (!diagrams.test(text)) return 'a Mermaid diagram begins with its kind, such as flowchart LR'
  const labels = text.replace(/"[^"\n]*"/g, '')
  if (labels.includes('"')) return 'a label of the Mermaid diagram is never closed'
  const open = [...labels.matchAll(/[[({]/g)].length
  const closed = [...labels.matchAll(/[\])}]/g)].length
  return open === closed ? undefined : 'brackets of the Mermaid diagram do not match'
}

function thrown(parse: () => unknown): string | undefined {
  try {
    parse()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
