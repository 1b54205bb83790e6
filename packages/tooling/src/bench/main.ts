/** `npm run bench [-- build | deploy]`: measures side by side, in one run, and prints ratios. */
import { actionNames, root } from '../repository.ts'
import { detection } from './detection.ts'
import { buildBench } from './image/bench.ts'
import { startUp } from './start-up.ts'

const [part = 'start-up'] = process.argv.slice(2)

if (part === 'start-up') {
  console.log(`Start-up of the committed bundles on Node ${process.version}, without inputs:`)
  for (const line of startUp(root, actionNames())) console.log(`  ${line}`)
} else if (part === 'build') {
  console.log('Building the example app with two stages more, and pushing it with five tags, in turns:')
  for (const line of await buildBench(root)) console.log(`  ${line}`)
} else if (part === 'deploy') {
  console.log(`Start-up of ecs-deploy-verify on Node ${process.version}, without inputs, in turns:`)
  for (const line of startUp(root, ['ecs-deploy-verify'])) console.log(`  ${line}`)
  console.log('From the end of a deployment until it is seen, in virtual time, on the same deployments:')
  for (const line of await detection()) console.log(`  ${line}`)
} else {
  console.error(`There is no benchmark ${part}: expected start-up, build or deploy`)
  process.exitCode = 1
}
