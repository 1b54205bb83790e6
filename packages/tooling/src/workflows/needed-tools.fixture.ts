import { execFileSync } from 'node:child_process'
import { withoutContainerdStore } from '@ecs-release/testbed'

/** The image on which the user's app is built. */
const baseImage = 'node:24-slim'

const tools: readonly [name: string, args: readonly string[], remedy: string][] = [
  ['act', ['--version'], 'go install github.com/nektos/act@v0.2.87'],
  ['git', ['--version'], 'install git'],
  ['jq', ['--version'], 'install jq, which runners have'],
  ['docker', ['buildx', 'version'], 'install Docker with buildx'],
  ['docker', ['image', 'inspect', baseImage], `docker pull ${baseImage}`],
]

/** Why workflows cannot be run on this machine; undefined where they can. */
async function missing(): Promise<string | undefined> {
  const docker = await withoutContainerdStore()
  if (docker !== undefined) return docker
  const absent = tools.find(([name, args]) => !succeeds(name, args))
  return absent && `${absent[0]} ${absent[1].join(' ')} fails: ${absent[2]}`
}

function succeeds(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, [...args], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Undefined where workflows can be run. On CI nothing is skipped for want of a tool. */
export const missingTools: string | undefined = await missing()
if (missingTools !== undefined) {
  if (process.env.CI) throw new Error(`the workflows cannot be run: ${missingTools}`)
  console.info(`The tests that run workflows are skipped. ${missingTools}`)
}
