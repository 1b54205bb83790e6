import type { Kind, Parsed } from '@ecs-release/core/action'

/** Options of `docker buildx build` that inputs stand for, or that this action needs for itself, with what to use instead. */
const COVERED: ReadonlyMap<string, string> = new Map([
  ['build-arg', 'use the input build-args'],
  ['cache-from', 'use the input cache'],
  ['cache-to', 'use the input cache'],
  ['file', 'use the input file'],
  ['label', 'use the input labels'],
  ['load', 'use the input load'],
  ['no-cache', 'use the input no-cache'],
  ['output', 'use the inputs push and load'],
  ['platform', 'use the input platforms'],
  ['pull', 'use the input pull'],
  ['push', 'use the input push'],
  ['tag', 'use the input tags'],
  ['target', 'use the input target'],
  ['builder', 'set the environment variable BUILDX_BUILDER'],
  ...['call', 'check', 'iidfile', 'metadata-file', 'print', 'progress', 'quiet'].map(
    (name): [string, string] => [name, 'this action sets it or reads what it would change'],
  ),
])

/** By which the log and the rest of the command line would be read otherwise. Source: Docker, "docker buildx build", options. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['f', 'file'],
  ['o', 'output'],
  ['q', 'quiet'],
  ['t', 'tag'],
])

/**
 * One argument of `docker buildx build`. What an input covers is refused, because it would be neither checked nor part of what
 * the image is recognised by; so is every short option, which can hide another one (`-Dt…`).
 */
export const extraArgument: Kind<string> = {
  parse(line) {
    if (line === '--') return refused(line, 'the context is the input context')
    const long = /^--([a-z][a-z-]*)/.exec(line)?.[1]
    if (long === 'secret' && !/\b(src|source)=/.test(line))
      return refused('--secret', 'use the input secrets')
    const instead = long && COVERED.get(long)
    if (instead) return refused(`--${long}`, instead)
    if (!/^-[^-]/.test(line)) return { kind: 'value', value: line }
    const name = SHORT.get(line.slice(1, 2))
    const short = line.slice(0, 2)
    return refused(short, (name && COVERED.get(name)) ?? 'write the option in its long form')
  },
}

function refused(option: string, instead: string): Parsed<string> {
  return { kind: 'problems', problems: [`${option} is not taken here: ${instead}`] }
}
