import { parse } from 'yaml'
import type { SourceFile } from './dependency-direction.ts'
import type { Problem } from './problem.ts'

interface Described {
  description?: unknown
}

interface Metadata {
  inputs?: Record<string, Described>
  outputs?: Record<string, Described>
  runs?: { using?: unknown; main?: unknown }
}

/** Every input and output has a description that the generator of the docs, which escapes nothing, can put in a table. */
export function actionMetadata(files: readonly SourceFile[]): Problem[] {
  return files.filter(({ path }) => /^actions\/[^/]+\/action\.yml$/.test(path)).flatMap(problemsOf)
}

function problemsOf({ path, text }: SourceFile): Problem[] {
  const metadata: Metadata = parse(text)
  const described = [...Object.entries(metadata.inputs ?? {}), ...Object.entries(metadata.outputs ?? {})]
  const wrong = described.flatMap(([name, { description }]) => {
    if (typeof description !== 'string' || description.trim() === '') return [`${name} has no description`]
    if (/[|<>]|\n./.test(description))
      return [`the description of ${name} holds |, <, > or a line break, which break the generated table`]
    return []
  })
  if (metadata.runs?.using !== 'node24') wrong.push('runs.using is not node24')
  return wrong.map((message) => ({ file: path, message }))
}
