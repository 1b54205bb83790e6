import { expect, test } from 'vitest'
import { warnOfNoTasks } from './no-tasks.ts'

const inputs = { desiredCount: undefined, proof: 'digest', waitUntil: 'completed' } as const
const service = { name: 'orders', desiredCount: 0, schedulingStrategy: 'REPLICA' }

function warnings(given: Parameters<typeof warnOfNoTasks>[0]['inputs'], seen = service): string[] {
  const lines: string[] = []
  warnOfNoTasks({ inputs: given, log: { warning: (line) => void lines.push(line) } }, seen)
  return lines
}

test('a deployment that starts no task is warned of', () => {
  expect(warnings(inputs)).toEqual([
    'The desired count of orders is 0: the deployment starts no task, and ends as unverified. Set the input desired-count, or proof: off',
  ])
})

test('what starts tasks, or is not to be proven, is not', () => {
  expect(warnings({ ...inputs, desiredCount: 1 })).toEqual([])
  expect(warnings({ ...inputs, proof: 'off' })).toEqual([])
  expect(warnings({ ...inputs, waitUntil: 'started' })).toEqual([])
  expect(warnings(inputs, { ...service, desiredCount: 1 })).toEqual([])
  expect(warnings(inputs, { ...service, schedulingStrategy: 'DAEMON' })).toEqual([])
})
