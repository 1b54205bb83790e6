import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ImageJob } from '@ecs-release/testbed'

/** A `docker` that stands in PATH before the real one, and starts it. */
export interface DockerWrapper {
  /** That of the job, with the wrapper in PATH. */
  env: Record<string, string>
  /** The arguments of each process since the last time that this was asked, in the order of their starts. */
  started(): string[][]
}

/** `instead` is what the shell does before it becomes the real `docker`, whose path is `$real`. */
export function dockerWrapper({ home, env }: ImageJob, instead = ''): DockerWrapper {
  const bin = mkdtempSync(join(home, 'wrapper-'))
  const log = join(bin, 'started')
  const real = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
  const script = `#!/bin/sh\nreal='${real}'\nprintf '%s\\037' "$@" >> '${log}'\necho >> '${log}'\n${instead}\nexec "$real" "$@"\n`
  writeFileSync(join(bin, 'docker'), script, { mode: 0o755 })
  return {
    env: { ...env, PATH: `${bin}:${process.env.PATH}` },
    started() {
      const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []
      writeFileSync(log, '')
      return lines.map((line) => line.split('\u001f').slice(0, -1))
    },
  }
}

/** A wrapper whose `docker buildx build` waits before it is the real one, so that Docker has read nothing of its configuration. */
export function heldBuild(here: ImageJob): {
  env: Record<string, string>
  held(): Promise<void>
  go(): void
} {
  const [reached, free] = [join(here.home, 'build-held'), join(here.home, 'build-free')]
  const wait = `touch '${reached}'; while [ ! -e '${free}' ]; do sleep 0.05; done`
  const { env } = dockerWrapper(here, `if [ "$2" = build ]; then ${wait}; fi`)
  return {
    env,
    go: () => writeFileSync(free, ''),
    async held() {
      while (!existsSync(reached)) await delay(20)
    },
  }
}
