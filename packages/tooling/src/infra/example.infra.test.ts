import { expect, test } from 'vitest'
import { leftovers } from './emulator/account.ts'
import { startEmulator } from './emulator/emulator.ts'
import { openFolder } from './stack-run.ts'
import { workspace } from './workspace.ts'

test('a release by Terraform that ECS takes back is a red apply, and stays to be made', async () => {
  await using emulator = await startEmulator()
  using copy = workspace()
  const left = await leftovers(emulator)
  const example = copy.path('modules/ecs-service-terraform/example')
  const release = (tag: string) => openFolder(example, emulator, { region: 'us-east-1', image_tag: tag })

  const first = await release('main-1a2b3c4')
  await first.apply()

  const crashing = await release('crashes')
  const message = await crashing.apply().then(
    () => 'applied',
    (error: Error) => error.message.replaceAll(/\s*\n.?\s*/g, ' '),
  )
  expect(message).toContain('ECS took the release of crashes back: ')
  expect(message).toContain(':task-definition/orders:1 runs.')
  expect(await crashing.secondPlan()).toContain('~ task_definition')

  await crashing.destroy()
  // skip_destroy: what a rollback would return to is kept.
  expect(await left()).toEqual([1, 2].map((n) => `ecs us-east-1 task_definitions orders/${n}`))
})
