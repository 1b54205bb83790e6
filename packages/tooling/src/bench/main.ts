/** `npm run bench`: measures side by side, in one run, and prints ratios. */
import { actionNames, root } from '../repository.ts'
import { startUp } from './start-up.ts'

console.log(`Start-up of the committed bundles on Node ${process.version}, without inputs:`)
for (const line of startUp(root, actionNames())) console.log(`  ${line}`)
