/** `npm run build`: bundles all actions into the committed `dist` folders, and says what they weigh. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { actionNames, root } from '../repository.ts'
import { budget, javascriptBytes } from './budget.ts'
import { compile } from './compile.ts'
import { stub, writeEntry } from './entry.ts'

const packageJson = '{ "type": "module" }\n'

function writeFolder(folder: string, files: { name: string; content: string | Buffer }[]): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const file of files) writeFileSync(join(folder, file.name), file.content)
}

const actions = actionNames()
const bundle = await compile(writeEntry(root, actions))
writeFolder(join(root, 'actions/dist'), [
  ...bundle.filter((file) => file.name !== 'package.json'),
  { name: 'package.json', content: packageJson },
])
for (const name of actions) {
  writeFolder(join(root, 'actions', name, 'dist'), [
    { name: 'index.js', content: stub(name) },
    // The runner starts this file on its own, so its module type is said beside it.
    { name: 'package.json', content: packageJson },
  ])
}

const bytes = javascriptBytes(root)
console.log(`${actions.length} actions, ${bytes} bytes of JavaScript (budget ${budget.javascript})`)
if (bytes > budget.javascript) {
  console.error('The bundles are over their budget: see packages/tooling/src/bundle/budget.ts')
  process.exitCode = 1
}
