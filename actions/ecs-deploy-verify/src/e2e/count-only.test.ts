import { expect, test } from 'vitest'
import { world } from './world.fixture.ts'

test('a step that only sets the count starts nothing that ECS could roll back, while another deployment goes on, and warns of nothing', async () => {
  await using aws = await world({ wait: false, timeScale: 20 })
  await using run = await aws.deploy({ 'desired-count': '1' })
  expect(run.outputs.outcome).toBe('no-change')
  expect(run.annotations).toEqual([])
})
