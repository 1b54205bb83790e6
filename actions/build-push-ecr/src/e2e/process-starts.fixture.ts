import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImageJob } from '@ecs-release/testbed'
import { dockerWrapper } from './docker-wrapper.fixture.ts'

/** The whole command lines of what a step has Docker do, by what was started, each in the order of the starts. */
export interface Starts {
  /** `docker` without its name, as the step starts it. */
  docker: string[][]
  /** The credential helper's launcher, as Docker starts it. */
  launcher: string[][]
  /** The Node that the launcher becomes. */
  node: string[][]
}

/** A job whose processes write down their own command lines, so that none is too short to be seen. */
export function processStarts(here: ImageJob): { env: Record<string, string>; starts(): Starts } {
  const folder = mkdtempSync(join(here.home, 'starts-'))
  const launched = join(folder, 'launched')
  const nodes = join(folder, 'nodes')
  const record = join(folder, 'record.cjs')
  writeFileSync(
    record,
    `const line = [process.execPath, ...process.execArgv, ...process.argv.slice(1)].map((part) => part + '\\x1f')
require('node:fs').appendFileSync('${nodes}', line.join('') + '\\n')
`,
  )
  const recording = join(folder, 'recording')
  writeFileSync(
    recording,
    `#!/bin/sh\n{ printf '%s\\037' "$0" "$@"; echo; } >> '${launched}'\nexec "$0-own" "$@"\n`,
    { mode: 0o755 },
  )
  const { env, started } = dockerWrapper(
    here,
    `export NODE_OPTIONS='--require=${record}'
helper="$DOCKER_CONFIG/docker-credential-ecs-release"
if [ -e "$helper" ] && [ ! -e "$helper-own" ]; then mv "$helper" "$helper-own"; cp '${recording}' "$helper"; fi`,
  )
  return { env, starts: () => ({ docker: started(), launcher: linesOf(launched), node: linesOf(nodes) }) }
}

function linesOf(file: string): string[][] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  return lines.map((line) => line.split('\u001f').slice(0, -1))
}
