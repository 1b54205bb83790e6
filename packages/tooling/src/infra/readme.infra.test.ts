import { expect, test } from 'vitest'
import { leftovers } from './emulator/account.ts'
import { startEmulator } from './emulator/emulator.ts'
import { runBlocks, shellBlocks } from './shell-blocks.ts'

test('the commands of the README build the stacks up, release into them and take them down', async () => {
  await using emulator = await startEmulator()
  const left = await leftovers(emulator)
  const blocks = shellBlocks('example-infra/README.md')
  const said = await runBlocks(blocks, emulator)
  for (let index = 1; index <= blocks.length; index++) expect(said).toContain(`== block ${index}\n`)
  expect(said).toContain(
    'task_definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/example-app-dev:1"',
  )
  // One for each stack of dev; staging was only planned.
  expect(said.match(/^Destroy complete! Resources: [1-9]\d* destroyed\.$/gm)).toHaveLength(4)
  // Without an image, with one, and of the teardown, which is not told of it. What the README says of them takes the AWS CLI.
  expect(await left()).toEqual([1, 2, 3].map((n) => `ecs us-east-1 task_definitions example-app-dev/${n}`))
})
