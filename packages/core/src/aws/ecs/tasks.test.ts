import { expect, test } from 'vitest'
import { scriptedEcs } from '../scripted-ecs.fixture.ts'
import { describeTasks, listTasks } from './tasks.ts'

const ARN = 'arn:aws:ecs:eu-west-1:111122223333'

test('all pages of tasks are listed, and a service ARN is asked for by name', async () => {
  const pages = [{ taskArns: ['a'], nextToken: 't' }, { taskArns: ['b'] }]
  await using aws = await scriptedEcs((_, index) => ({ body: pages[index] ?? {} }))
  const query = { cluster: 'prod', service: `${ARN}:service/prod/web`, desiredStatus: 'STOPPED' } as const
  expect(await listTasks(aws.ecs, query)).toEqual(['a', 'b'])
  expect(aws.inputs()[0]).toEqual([
    'ListTasks',
    { cluster: 'prod', serviceName: 'web', desiredStatus: 'STOPPED' },
  ])
})

test('tasks are read a hundred at a time', async () => {
  const arns = Array.from({ length: 150 }, (_, index) => `${ARN}:task/prod/${index}`)
  await using aws = await scriptedEcs(({ body }) => {
    const { tasks }: { tasks: string[] } = JSON.parse(body)
    return {
      body: {
        tasks: tasks.map((taskArn) => ({
          taskArn,
          taskDefinitionArn: 'd',
          lastStatus: 'RUNNING',
          desiredStatus: 'RUNNING',
        })),
      },
    }
  })
  const tasks = await describeTasks(aws.ecs, 'prod', arns)
  expect(tasks.map(({ id }) => id)).toEqual(arns.map((_, index) => String(index)))
  expect(aws.inputs().map(([, input]) => input.tasks)).toEqual([arns.slice(0, 100), arns.slice(100)])
})

test('a task shows its address, its exit code and what is not known', async () => {
  const task = {
    taskArn: `${ARN}:task/prod/0123`,
    taskDefinitionArn: 'd',
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    attachments: [
      {
        details: [
          { name: 'subnetId', value: 's' },
          { name: 'privateIPv4Address', value: '10.0.0.7' },
        ],
      },
    ],
    containers: [
      { name: 'web', exitCode: 0 },
      { name: 'log', exitCode: 137, reason: 'OutOfMemoryError' },
      { name: 'never' },
    ],
  }
  await using aws = await scriptedEcs(() => ({ body: { tasks: [task] } }))
  expect(await describeTasks(aws.ecs, 'prod', ['x'])).toMatchObject([
    {
      id: '0123',
      address: '10.0.0.7',
      healthStatus: 'UNKNOWN',
      stopCode: 'EssentialContainerExited',
      containers: [{ exitCode: 0 }, { exitCode: 137, reason: 'OutOfMemoryError' }, { exitCode: undefined }],
    },
  ])
})
