import { basename } from 'node:path'
import { type Excerpt, oneLine, type SourceLine } from '@ecs-release/core'
import { baseImageFailure } from './base-image-failure.ts'
import { contextFailure } from './context-failure.ts'
import { cut, type Explained } from './explained.ts'
import { FREE_THE_DISK, FULL_DISK } from './full-disk.ts'

/** How a build ended that did not fail to push. */
export interface FailedBuild {
  /** Its last lines. */
  tail: readonly string[]
  /** The last one that begins with `ERROR:`. */
  error: string
  /** The input file. */
  file: string | undefined
  /** Where the Dockerfile lies in the workspace, if it does. */
  dockerfile: string | undefined
  /** What the command that failed wrote last. */
  output: readonly string[]
}

/** What is wrong with the Dockerfile, or with what it needs: its line, what the line says, and why it failed. */
export function dockerfileFailure(failed: FailedBuild): Explained {
  const { tail, error, file } = failed
  const why = error.replace(/^ERROR: /, '').replace(/^(failed to build: |failed to solve: )*/, '')
  const frame = codeFrame(failed)
  const at = frame?.at
  const place = frame === undefined ? '' : `${frame.place}: ${frame.text}: `
  const explained =
    baseImageFailure(place, why) ??
    contextFailure(tail, why) ??
    missingPart(place, why, file) ??
    command(place, why, failed)
  return { ...explained, at: at ?? explained.at }
}

function missingPart(place: string, why: string, file: string | undefined): Explained | undefined {
  if (/failed to read dockerfile/.test(why)) {
    return {
      message: `There is no Dockerfile ${file ?? 'in the root of context'}`,
      hint: 'Set file to its path from the root of the workspace, and run actions/checkout before this step.',
    }
  }
  const stage = /target stage "?([^"]+)"? could not be found/.exec(why)?.[1]
  if (stage !== undefined) {
    return {
      message: `target: the Dockerfile has no stage ${oneLine(stage)}`,
      hint: 'Set target to a name that follows AS in a FROM line, or leave it out to build the last stage.',
    }
  }
  const missing = /"([^"]+)": not found$/.exec(why)
  if (missing !== null && /cache key|checksum/.test(why)) {
    return {
      message: `${place}${cut(missing[1] ?? '')} is not in the context`,
      hint: 'Check the path, .dockerignore, and that an earlier step of the job has made the file.',
    }
  }
  return undefined
}

function command(place: string, why: string, { tail, output }: FailedBuild): Explained {
  const exitCode = /did not complete successfully: exit code: (\d+)/.exec(why)?.[1]
  if (exitCode === undefined)
    return { message: place + cut(why), hint: 'The lines above this error show what came before it.' }
  const lines = output.length > 0 ? output : excerptOf(tail)
  const last = lines.findLast((line) => line.trim() !== '')
  return {
    message: `${place}exit code ${exitCode}${last === undefined ? '' : ` after "${cut(last, 120)}"`}`,
    hint: hintFor(exitCode, lines),
    excerpt: excerpt(lines),
  }
}

function hintFor(exitCode: string, lines: readonly string[]): string {
  if (exitCode === '137')
    return 'The process was killed, most likely for lack of memory: use a larger runner, or let the command use less.'
  if (exitCode === '127')
    return 'The command is not in the image at this point: install it in an earlier line, or check its name.'
  // It may be another file system than the builder's that is full.
  if (lines.some((line) => FULL_DISK.test(line)))
    return `If it is the disk of the runner or of the builder that is full, ${FREE_THE_DISK}`
  return 'Its last lines stand right above this error in the log, and all of them in the group of its stage.'
}

function excerpt(lines: readonly string[]): Excerpt | undefined {
  return lines.length === 0
    ? undefined
    : { title: 'Last lines of the command that failed', text: lines.join('\n') }
}

/** Between two rules buildx repeats what the failing command wrote, as `0.408 text`, if it has arrived by then. */
function excerptOf(tail: readonly string[]): string[] {
  return tail.flatMap((line) => /^\d+\.\d+ (.*\S.*)$/.exec(line)?.[1] ?? [])
}

interface CodeFrame {
  /** `app/Dockerfile:3` */
  place: string
  at: SourceLine | undefined
  text: string
}

/** The lines that buildx marks in its excerpt: `Dockerfile:3` and `   3 | >>> RUN npm ci`. */
function codeFrame({ tail, dockerfile }: FailedBuild): CodeFrame | undefined {
  const marked = tail.flatMap((line) => /^ +\d+ \| >>> (.*)$/.exec(line)?.[1] ?? [])
  const [, file, line] =
    tail.map((text) => /^(\S+):(\d+)$/.exec(text)).findLast((found) => found !== null) ?? []
  if (marked.length === 0 || file === undefined || line === undefined) return undefined
  const known = dockerfile !== undefined && basename(dockerfile) === file ? dockerfile : undefined
  return {
    place: `${known ?? file}:${line}`,
    at: known === undefined ? undefined : { file: known, line: Number(line) },
    text: instruction(marked),
  }
}

/** An instruction of several lines as one; of what follows `<<EOF` nothing. */
function instruction(lines: readonly string[]): string {
  const [first = ''] = lines
  if (first.includes('<<')) return `${cut(first, 120)} …`
  return cut(lines.map((line) => line.replace(/\\\s*$/, '')).join(' '), 120)
}
