import { parse } from 'yaml'
import type { SourceFile } from './dependency-direction.ts'
import { type Described, described } from './described.ts'
import type { Problem } from './problem.ts'

interface Metadata {
  inputs?: Record<string, Described>
  outputs?: Record<string, Described>
  runs?: { using?: unknown; main?: unknown }
}

/** What is wrong with the metadata of actions. */
export function actionMetadata(files: readonly SourceFile[]): Problem[] {
  return files.filter(({ path }) => /^actions\/[^/]+\/action\.yml$/.test(path)).flatMap(problemsOf)
}

function problemsOf({ path, text }: SourceFile): Problem[] {
  const metadata: Metadata = parse(text)
  const wrong = described(metadata.inputs, metadata.outputs)
  if (metadata.runs?.using !== 'node24') wrong.push('runs.using is not node24')
  return wrong.map((message) => ({ file: path, message }))
}
