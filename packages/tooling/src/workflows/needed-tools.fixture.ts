import { execFileSync } from 'node:child_process'
import { withoutContainerdStore } from '@ecs-release/testbed'

/** The image on which the user's app is built. */
const baseImage = 'node:24-slim'

type Tool = readonly [name: string, args: readonly string[], remedy: string]

const tools: readonly Tool[] = [
  ['act', ['--version'], 'go install github.com/nektos/act@v0.2.87'],
  ['git', ['--version'], 'install git'],
  ['jq', ['--version'], 'install jq, which runners have'],
  ['docker', ['buildx', 'version'], 'install Docker with buildx'],
  ['docker', ['image', 'inspect', baseImage], `docker pull ${baseImage}`],
]
const linters: readonly Tool[] = [
  ['actionlint', ['-version'], 'go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'],
  ['zizmor', ['--version'], 'pip install zizmor==1.32.0'],
]

function firstAbsent(needed: readonly Tool[]): string | undefined {
  const absent = needed.find(([name, args]) => !succeeds(name, args))
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

/** Says why tests are skipped. On CI nothing is skipped for want of a tool. */
function told(what: string, missing: string | undefined): string | undefined {
  if (missing === undefined) return undefined
  if (process.env.CI) throw new Error(`the tests that ${what} cannot be run: ${missing}`)
  console.info(`The tests that ${what} are skipped. ${missing}`)
  return missing
}

/** Why workflows cannot be run on this machine; undefined where they can. */
export const missingTools = async (): Promise<string | undefined> =>
  told('run workflows', (await withoutContainerdStore()) ?? firstAbsent(tools))

/** Why workflows cannot be linted on this machine; undefined where they can. */
export const missingLinters = (): string | undefined => told('lint workflows', firstAbsent(linters))
