import { type Excerpt, oneLine, type SourceLine } from '@ecs-release/core'

/** Why a build failed, and what to do: one line each. */
export interface Explained {
  message: string
  hint: string
  at?: SourceLine | undefined
  excerpt?: Excerpt | undefined
}

/** Foreign text as one line that is not too long to be read. */
export function cut(text: string, longest: number = 300): string {
  const line = oneLine(text)
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
