/** `npm run budget`: what a runner downloads, and whether it stays within the budget. */
import { root } from '../repository.ts'
import { archiveBytes, budget, javascriptBytes, largestFiles } from './budget.ts'

const sizes = [
  { what: 'JavaScript', bytes: javascriptBytes(root), most: budget.javascript },
  { what: 'archive (tar.gz)', bytes: archiveBytes(root), most: budget.archive },
]

for (const { file, bytes } of largestFiles(root))
  console.log(`${String(bytes).padStart(9)}  actions/dist/${file}`)
for (const { what, bytes, most } of sizes) {
  const over = bytes > most
  console.log(`${String(bytes).padStart(9)}  ${what}, ${over ? 'OVER' : 'within'} the budget of ${most}`)
  if (over) process.exitCode = 1
}
