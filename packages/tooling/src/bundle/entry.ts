import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes the one entry from which all actions are bundled: a dynamic import per action, so that the bundler puts what
 * they share into chunks of its own. Returns the entry's path.
 */
export function writeEntry(root: string, actions: readonly string[]): string {
  const folder = join(root, 'packages/tooling/build')
  mkdirSync(folder, { recursive: true })
  const imports = actions.map(
    (name) => `  '${name}': () => import('../../../actions/${name}/build/index.js'),`,
  )
  const entry = join(folder, 'entry.js')
  writeFileSync(
    entry,
    `const actions = {\n${imports.join('\n')}\n}\n\nexport const run = (name) => actions[name]()\n`,
  )
  return entry
}

/** What `actions/NAME/dist/index.js` holds: it starts its action out of the shared bundle. */
export function stub(action: string): string {
  return `import { run } from '../../dist/index.js'\nawait run('${action}')\n`
}
