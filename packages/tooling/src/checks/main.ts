/** `npm run lint`, second half: the rules of this repository that no linter knows. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { actionNames, root } from '../repository.ts'
import { actionMetadata } from './action-metadata.ts'
import { documents, unparsableBlocks } from './code-blocks.ts'
import { incompatibleLicences, unexplainedDependencies } from './dependencies.ts'
import { dependencyDirection, type SourceFile } from './dependency-direction.ts'
import { houseStyle } from './house-style.ts'
import { loopbackAddresses } from './loopback.ts'
import { describe } from './problem.ts'
import { workflowRules } from './workflow-rules.ts'

/** The files that git tracks or would track, so that generated and installed ones are left out by .gitignore itself. */
function trackedFiles(): SourceFile[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => /\.(ts|yml)$/.test(path) || documents.test(path))
    .filter((path) => !/(^|\/)dist\//.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The runtime dependencies of everything that is bundled. */
function shippedDependencies(): string[] {
  return ['packages/core', ...actionNames().map((name) => `actions/${name}`)].flatMap((folder) => {
    const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(
      read(`${folder}/package.json`),
    )
    return Object.keys(dependencies)
  })
}

const files = trackedFiles()
const sources = files.filter(({ path }) => path.endsWith('.ts'))
const problems = [
  ...dependencyDirection(sources),
  ...loopbackAddresses(sources),
  ...houseStyle(sources),
  ...actionMetadata(files),
  ...workflowRules(files),
  ...unparsableBlocks(files),
  ...unexplainedDependencies(shippedDependencies(), read('action-docs/dependencies.md')),
  ...incompatibleLicences(read('actions/dist/licenses.txt')),
]
for (const problem of problems) console.error(describe(problem))
console.log(`${files.length} files checked, ${problems.length} problems`)
if (problems.length > 0) process.exitCode = 1
