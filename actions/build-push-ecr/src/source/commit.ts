import type { Environment } from '@ecs-release/core'
import { checkedOut } from '../git.ts'
import type { Source, SourceInputs } from './source.ts'

/** What is known of the files that are built. */
export interface SourceCommit {
  /** The full commit that says what they are; undefined where none does, and then no image can be known as one of them. */
  commit: string | undefined
  /** Seconds since the epoch: of that commit, or else of the one that is checked out in the workspace. */
  time: number | undefined
  /** Of the work tree whose history shows which commit comes first: that of this one, or else the workspace. */
  clone: string
}

interface Facts {
  inputs: Pick<SourceInputs, 'context' | 'file'>
  source: Source
  env: Environment
  signal: AbortSignal
}

/** That of the work tree that holds the context, or the one that the context's URL names. */
export async function sourceCommit({ inputs, source, env, signal }: Facts): Promise<SourceCommit> {
  const how = { env, signal }
  const here = source.folder === undefined ? undefined : await checkedOut(source.folder, how)
  const workspace = env.GITHUB_WORKSPACE || '.'
  const time = here?.time ?? (await checkedOut(workspace, how))?.time
  const commit = source.folder === undefined ? commitIn(inputs.context) : here?.commit
  return { commit: isUrl(inputs.file) ? undefined : commit, time, clone: here?.folder ?? workspace }
}

/** What is behind the URL of a file can change at any time. */
export function isUrl(file: string | undefined): boolean {
  return file !== undefined && /^https?:\/\//.test(file)
}

/**
 * The full commit in the URL of a git repository. A branch, a git tag and a tarball are whatever the server has that day.
 * Source: Docker, "Build context", "URL fragments".
 */
export function commitIn(context: string): string | undefined {
  const repository = /^((git|ssh):\/\/|[\w.-]+@[\w.-]+:|github\.com\/)[^#]+#|^https?:\/\/[^#?]+\.git#/
  if (!repository.test(context)) return undefined
  return /#([0-9a-f]{40})(:|$)/.exec(context)?.[1]
}
