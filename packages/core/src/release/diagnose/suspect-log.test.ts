import { expect, test } from 'vitest'
import { denied } from '../test-data.fixture.ts'
import { seen } from './sample.fixture.ts'
import type { Suspect } from './suspect.ts'
import { suspectLog } from './suspect-log.ts'

const options = { 'awslogs-group': 'g', 'awslogs-stream-prefix': 'p' }
const definition = {
  containerDefinitions: [{ name: 'app', logConfiguration: { logDriver: 'awslogs', options } }],
}
const suspects = ['new', 'old', 'oldest'].map(
  (task): Suspect => ({ task, container: 'app', died: true, stoppedAt: undefined }),
)

type Answer = string[] | Error | undefined

/** The log that is found where the streams of the three tasks answer so, and which of them were asked. */
async function found(...answers: [Answer, Answer, Answer]) {
  const asked: string[] = []
  const logTail = async (_: string, stream: string) => {
    const answer = answers[asked.push(stream) - 1]
    if (answer instanceof Error) throw answer
    return answer
  }
  const log = await suspectLog({ ...seen(), definition }, suspects, { logTail }, 20)
  return { log, asked: asked.map((stream) => stream.replace('p/app/', '')) }
}

test.each<[string, [Answer, Answer, Answer], object, string[]]>([
  ['the newest', [['a'], ['b'], ['c']], { kind: 'lines', stream: 'p/app/new', lines: ['a'] }, ['new']],
  ['an older one', [[], ['b'], ['c']], { kind: 'lines', stream: 'p/app/old', lines: ['b'] }, ['new', 'old']],
  ['the oldest', [undefined, [], ['c']], { lines: ['c'] }, ['new', 'old', 'oldest']],
  [
    'none',
    [[], undefined, []],
    { kind: 'empty', why: expect.stringContaining('p/app/new') },
    ['new', 'old', 'oldest'],
  ],
  ['none that may be read', [denied, ['b'], []], { kind: 'unavailable', why: 'not authorized' }, ['new']],
  ['none before one is closed', [[], denied, ['c']], { kind: 'empty' }, ['new', 'old']],
])('the lines of %s', async (_, answers, log, asked) => {
  expect(await found(...answers)).toMatchObject({ log, asked })
})

test('where nobody is suspect there is no log', async () => {
  expect(await suspectLog(seen(), [], { logTail: async () => [] }, 20)).toBeUndefined()
})
