/** `npm run budget`: what a runner downloads, where the bytes come from, and whether they stay within the budget. */
import { actionNames, root } from '../repository.ts'
import { archiveBytes, budget, javascriptBytes, largestFiles } from './budget.ts'
import { bytesByPackage } from './by-package.ts'
import { writeEntry } from './entry.ts'

const line = (bytes: number, what: string): void => console.log(`${String(bytes).padStart(9)}  ${what}`)

console.log('The largest files:')
for (const { file, bytes } of largestFiles(root).slice(0, 8)) line(bytes, `actions/dist/${file}`)

console.log('The largest packages:')
const packages = await bytesByPackage(writeEntry(root, actionNames()))
for (const { name, bytes } of packages.slice(0, 12)) line(bytes, name)

console.log('In all:')
const sizes = [
  { what: 'JavaScript', bytes: javascriptBytes(root), most: budget.javascript },
  { what: 'archive (tar.gz)', bytes: archiveBytes(root), most: budget.archive },
]
for (const { what, bytes, most } of sizes) {
  const over = bytes > most
  line(bytes, `${what}, ${over ? 'OVER' : 'within'} the budget of ${most}`)
  if (over) process.exitCode = 1
}
