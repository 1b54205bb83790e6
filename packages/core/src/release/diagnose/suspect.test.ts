import { expect, test } from 'vitest'
import type { Task } from '../../aws/ecs-model.ts'
import { aContainer, aCrashedTask, aService, at, older } from '../test-data.fixture.ts'
import { elb, notFound, pullFailure, seen, stopped } from './sample.fixture.ts'
import { suspectsOf } from './suspect.ts'

function firstOf(change: Parameters<typeof seen>[0]): { task: string; container: string } | undefined {
  const [first] = suspectsOf(seen(change))
  return first && { task: first.task, container: first.container }
}

test.each<[string, Task[], { task: string; container: string } | undefined]>([
  [
    'the container that died',
    [aCrashedTask('1', 1, { containers: [aContainer({ name: 'proxy', exitCode: 1 })] })],
    { task: '1', container: 'proxy' },
  ],
  [
    'the newest task',
    [
      aCrashedTask('1', 1, { stoppedAt: at(40) }),
      aCrashedTask('2', 1, { stoppedAt: at(90) }),
      aCrashedTask('3', 1, { stoppedAt: undefined }),
    ],
    { task: '2', container: 'app' },
  ],
  [
    'the one behind the load balancer',
    [stopped('1', elb, { containers: [aContainer({ name: 'proxy', exitCode: 1 }), aContainer()] })],
    { task: '1', container: 'app' },
  ],
  [
    'one that ended before it was RUNNING',
    [aCrashedTask('1', 1, { startedAt: undefined })],
    { task: '1', container: 'app' },
  ],
  ['none that never ran', [pullFailure(notFound)], undefined],
  ['none of others', [aCrashedTask('1', 1, { startedBy: older })], undefined],
])('suspects %s', (_, tasks, suspect) => {
  expect(firstOf({ tasks })).toEqual(suspect)
})

test('without a load balancer the first container is suspected', () => {
  const service = aService({ loadBalancers: [] })
  const tasks = [stopped('1', 'x', { containers: [aContainer({ name: 'proxy' })] })]
  expect(firstOf({ service, tasks })).toEqual({ task: '1', container: 'proxy' })
})

test('the newest task is suspected wherever it stands, and one exit code is enough to have run', () => {
  const tasks = [aCrashedTask('2', 1, { stoppedAt: at(90) }), aCrashedTask('1', 1, { stoppedAt: at(40) })]
  expect(firstOf({ tasks })).toEqual({ task: '2', container: 'app' })
  expect(firstOf({ tasks: tasks.toReversed() })).toEqual({ task: '2', container: 'app' })
  const containers = [aContainer({ exitCode: 1 }), aContainer({ name: 'proxy' })]
  const half = aCrashedTask('1', 1, { startedAt: undefined, containers })
  expect(firstOf({ tasks: [half] })).toEqual({ task: '1', container: 'app' })
})

test('the next newest come after it, three in all, and whether they died by themselves', () => {
  const stops = [10, 40, 30, 20].map((second, index) =>
    aCrashedTask(String(index), 1, { stoppedAt: at(second) }),
  )
  const sick = stopped('9', elb, { stoppedAt: at(50) })
  expect(suspectsOf(seen({ tasks: [...stops, sick] }))).toEqual([
    { task: '9', container: 'app', died: false, stoppedAt: at(50) },
    { task: '1', container: 'app', died: true, stoppedAt: at(40) },
    { task: '2', container: 'app', died: true, stoppedAt: at(30) },
  ])
})
