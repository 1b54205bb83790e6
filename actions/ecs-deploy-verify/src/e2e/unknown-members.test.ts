import { describe, expect, test } from 'vitest'
import { editRegistered } from './answers.fixture.ts'
import { placeFile, world } from './world.fixture.ts'

const unknown = { atTheTop: { deep: [{ flag: true }] }, inTheContainer: 'of a later SDK' }

/** The task definition of the stack as a file, with members that no SDK knows. */
function file(image: string): string {
  return JSON.stringify({
    family: 'orders',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    // As YAML leads people to write it, and RegisterTaskDefinition does not take it.
    cpu: 256,
    memory: '512',
    // By its name alone, to which ECS adds the account.
    executionRoleArn: 'ecsTaskExecutionRole',
    atTheTop: unknown.atTheTop,
    containerDefinitions: [
      {
        name: 'app',
        image,
        portMappings: [{ containerPort: 8080 }],
        inTheContainer: unknown.inTheContainer,
      },
    ],
  })
}

const kept = {
  atTheTop: unknown.atTheTop,
  containerDefinitions: [{ inTheContainer: unknown.inTheContainer }],
}

describe.concurrent('members of a task definition that no SDK knows', () => {
  test('reach AWS, and survive a release of another image', async () => {
    await using aws = await world()
    await using workspace = await placeFile('task.json', file(aws.v1.uri))
    const { calls } = aws.testbed
    await using first = await aws.deploy({ 'task-definition': 'task.json' }, workspace)
    expect(first.outputs.outcome).toBe('succeeded')
    expect(calls.of('ecs', 'RegisterTaskDefinition').at(-1)?.input).toMatchObject(kept)
    const v2 = await aws.push('v2')
    await using second = await aws.deploy({ images: v2.uri })
    expect(second.outputs.outcome).toBe('succeeded')
    const { input } = calls.of('ecs', 'RegisterTaskDefinition').at(-1) ?? {}
    expect(input).toMatchObject(kept)
    expect(input).toMatchObject({ containerDefinitions: [{ image: v2.uri }] })
    // The same file again says nothing new but the image, which is where the service was before.
    await using third = await aws.deploy({ 'task-definition': 'task.json', images: v2.uri }, workspace)
    expect(third.outputs.outcome).toBe('no-change')
    expect(input).toMatchObject({ executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole' })
    expect(calls.of('ecs', 'RegisterTaskDefinition')).toHaveLength(3)
  })

  test.each([
    ['at the top', ({ atTheTop: _, ...rest }) => rest, 'atTheTop.deep[0].flag'],
    ['a known one', ({ executionRoleArn: _, ...rest }) => rest, 'executionRoleArn'],
    ['all containers', (body) => ({ ...body, containerDefinitions: [] }), 'containerDefinitions[0].image'],
  ] satisfies [string, Parameters<typeof editRegistered>[0], string][])(
    'one that AWS does not take (%s) fails the step before anything is deployed',
    async (_, drop, path) => {
      await using aws = await world()
      await using workspace = await placeFile('task.json', file(aws.v1.uri))
      aws.testbed.faults.inject(editRegistered(drop))
      await using run = await aws.deploy({ 'task-definition': 'task.json' }, workspace)
      expect(run.outputs.outcome).toBe('failed')
      expect(run.outputs.message).toContain(path)
      expect(run.summary).toContain(path.split('[')[0])
      expect(aws.testbed.calls.of('ecs', 'UpdateService')).toEqual([])
    },
  )
})
