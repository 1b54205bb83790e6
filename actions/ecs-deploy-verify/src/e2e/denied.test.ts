import { describe, expect, test } from 'vitest'
import { balanced, world } from './world.fixture.ts'

describe.concurrent('what the role may not do', () => {
  test('without elasticloadbalancing:DescribeTargetHealth it still deploys', async () => {
    await using aws = await world({ ...balanced, timeScale: 60 })
    const v2 = await aws.push('v2')
    aws.testbed.credentials.deny('elasticloadbalancing:DescribeTargetHealth')
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(run.log).toContain('AWS does not allow elasticloadbalancing:DescribeTargetHealth')
  })

  test('without logs:GetLogEvents the diagnosis stands and says what it could not read', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2', { fault: 'exit', says: ['cannot open the orders database'] })
    aws.testbed.credentials.deny('logs:GetLogEvents')
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs.outcome).toBe('rolled-back')
    expect(run.outputs.findings).toContain('"crash-on-start"')
    expect(run.summary).toContain('logs:GetLogEvents')
  })
})
