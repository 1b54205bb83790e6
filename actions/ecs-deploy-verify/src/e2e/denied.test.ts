import { describe, expect, test } from 'vitest'
import { release } from './reference.fixture.ts'
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

  test.each([
    ['iam:PassRole', 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole'],
    ['iam:PassRole', 'arn:aws:iam::111122223333:role/ordersTaskRole'],
    ['ecs:TagResource', 'arn:aws:ecs:us-east-1:111122223333:task-definition/orders:*'],
  ])('without %s on %s nothing is registered, and the step names both', async (action, resource) => {
    await using aws = await world(release.world)
    const inputs = await release.inputs(aws)
    aws.testbed.credentials.deny(action, { resource })
    await using run = await aws.deploy(inputs)
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false', 'deployment-id': '' })
    expect(run.outputs.message).toContain(`AWS does not allow ${action} on ${resource} for`)
    const statement = `{"Effect":"Allow","Action":"${action}","Resource":"${resource}"}`
    expect(run.annotations[0]?.message).toContain(statement)
    expect(aws.testbed.calls.of('ecs', 'UpdateService')).toEqual([])
    const { taskDefinitionArns } = await aws.testbed.clients.ecs.listTaskDefinitions({})
    expect(taskDefinitionArns).toHaveLength(1)
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
