import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { engineAt, engineSocket } from '../tasks/docker/engine.ts'
import { withoutDocker } from '../tasks/docker/has-docker.ts'
import type { TestbedOptions } from '../testbed.ts'

/** How the demo's images are made, and so what its tasks are. */
export interface ImagePath {
  tasks: NonNullable<TestbedOptions['tasks']>
  /** A sentence for whoever watches: which way it goes, and why. */
  why: string
}

const baseImage = 'node:24-slim'
const run = promisify(execFile)

/** Docker where this machine has all that the example app's Dockerfile needs; else the packer, which needs Node alone. */
export async function imagePath(wanted: 'containers' | 'processes'): Promise<ImagePath> {
  const missing = wanted === 'processes' ? 'as --processes asks' : await withoutBuilds()
  if (missing === undefined) {
    const why =
      'Docker is here: build-push-ecr builds and pushes each release, and the tasks are containers of it.'
    return { tasks: 'containers', why }
  }
  return {
    tasks: 'processes',
    why: `Without Docker (${missing}): images are packed, and the tasks are processes.`,
  }
}

/** Why no image of the example app can be built here; undefined when it can. */
async function withoutBuilds(): Promise<string | undefined> {
  const missing = await withoutDocker()
  if (missing !== undefined) return missing
  const socket = engineSocket() ?? ''
  const image = await engineAt(socket)
    .call('GET', `/images/${baseImage}/json`)
    .catch(() => undefined)
  if (image === undefined) return `the engine has no ${baseImage}: docker pull ${baseImage}`
  if (!(await succeeds('docker', 'buildx', 'version'))) return 'docker has no buildx'
  return (await succeeds('git', '--version')) ? undefined : 'there is no git'
}

function succeeds(file: string, ...args: string[]): Promise<boolean> {
  return run(file, args).then(
    () => true,
    () => false,
  )
}
