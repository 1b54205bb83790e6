import * as github from '@actions/core'
import type { SourceLine } from './action-error.ts'
import { inert, oneLine } from './foreign-text.ts'

/** What a person reads in the job's log. Every text may carry foreign parts; they are made harmless on the way out. */
export interface Log {
  info(line: string): void
  /** A folded section. GitHub knows no groups inside groups, so an inner one shows its title as a line. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  /** Annotations: only for what a person must act on. GitHub shows ten of each kind per step. */
  notice(message: string, title?: string): void
  warning(message: string, title?: string): void
  error(message: string, at?: SourceLine): void
  /** Shown when step debugging is on. */
  debug(line: string): void
  /** Hides a secret in all later output of the job. Call it before the secret can be printed. */
  mask(secret: string): void
}

/** The log of the running step: the only place in the actions that prints. */
export function githubLog(): Log {
  let open = false
  return {
    info: (line) => github.info(inert(line)),
    notice: (message, title) => github.notice(inert(message), titled(title)),
    warning: (message, title) => github.warning(inert(message), titled(title)),
    error: (message, at) =>
      github.error(inert(message), at === undefined ? {} : { file: inert(at.file), startLine: at.line }),
    debug: (line) => github.debug(inert(line)),
    mask: (secret) => {
      if (secret !== '') github.setSecret(secret)
    },
    async group(title, body) {
      if (open) {
        github.info(inert(oneLine(title)))
        return body()
      }
      open = true
      github.startGroup(inert(oneLine(title)))
      try {
        return await body()
      } finally {
        github.endGroup()
        open = false
      }
    },
  }
}

function titled(title: string | undefined): github.AnnotationProperties {
  return title === undefined ? {} : { title: inert(oneLine(title)) }
}
