import { describe, expect, test } from 'vitest'
import { objects } from './answers.fixture.ts'
import { callsOf } from './reference.fixture.ts'
import { type World, world } from './world.fixture.ts'

const late = { describeServices: 3000, listServiceDeployments: 0, currentServiceDeployment: 0 }

/** Which counts DescribeServices showed the action after its update. */
function countsSeen(aws: World): unknown[] {
  const calls = callsOf(aws)
  const updated = calls.findIndex(({ operation }) => operation === 'UpdateService')
  const answers = calls.slice(updated).filter(({ operation }) => operation === 'DescribeServices')
  return answers.flatMap(({ output }) => objects(output?.services).map((service) => service.desiredCount))
}

describe.concurrent('a step that only sets the count', () => {
  test('starts nothing that ECS could roll back, while another deployment goes on, and warns of nothing', async () => {
    await using aws = await world({ wait: false, timeScale: 20 })
    await using run = await aws.deploy({ 'desired-count': '1' })
    expect(run.outputs.outcome).toBe('no-change')
    expect(run.annotations).toEqual([])
  })

  test('ends when as many tasks run, though DescribeServices shows the count late', async () => {
    await using aws = await world({ timeScale: 40, consistency: late })
    await using run = await aws.deploy({ 'desired-count': '3' })
    expect(run.outputs).toMatchObject({ outcome: 'no-change', verified: 'true', 'deployment-arn': '' })
    expect(run.outputs.message).toContain('on 3 tasks, proven by digest')
    expect(countsSeen(aws)[0]).toBe(1)
  })

  test('is not told that nothing runs, when DescribeServices shows the count of 0 for some time', async () => {
    await using aws = await world({ desiredCount: 0, consistency: late })
    await using run = await aws.deploy({ 'desired-count': '1' })
    expect(run.outputs).toMatchObject({ outcome: 'no-change', verified: 'true' })
    expect(countsSeen(aws)[0]).toBe(0)
  })
})
