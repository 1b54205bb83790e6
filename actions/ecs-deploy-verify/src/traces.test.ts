import { expect, test } from 'vitest'
import { newRecorder, type Recorder, tracesOf } from './traces.ts'

const release = { stage: 'releasing', taskDefinitionArn: 'web:2', replacing: 'ecs-svc/1' } as const
const rollback = { stage: 'bringing-back', taskDefinitionArn: 'web:1', replacing: 'ecs-svc/2' } as const

/** What the post step reads after these notes. */
function kept(notes: (recorder: Recorder) => void) {
  const saved = new Map<string, string>()
  const recorder = newRecorder((name, value) => saved.set(name, value))
  notes(recorder)
  return { traces: tracesOf((name) => saved.get(name)), recorder }
}

test('nothing is left by a run that has changed nothing', () => {
  expect(kept(() => {}).traces).toBeUndefined()
  expect(kept(({ note }) => note({ stage: 'told', deploymentArn: 'arn' })).traces).toBeUndefined()
})

test('what was noted comes back, all of it together', () => {
  const { recorder, traces } = kept(({ begin, note }) => {
    begin(release)
    note({ deploymentArn: 'arn-of-2' })
    note({ stage: 'telling' })
  })
  expect(traces).toEqual({ ...release, stage: 'telling', deploymentArn: 'arn-of-2', ended: undefined })
  expect(recorder.traces).toEqual(traces)
})

test('the deployment of a rollback never has the ARN of the one before', () => {
  const { traces } = kept(({ begin, note }) => {
    begin(release)
    note({ deploymentArn: 'arn-of-2', ended: 'STOPPED' })
    begin(rollback)
  })
  expect(traces).toEqual({ ...rollback, deploymentArn: undefined, ended: undefined })
})

test('an update that was refused leaves what was there before it', () => {
  const { traces } = kept((recorder) => {
    recorder.begin(release)
    recorder.note({ deploymentArn: 'arn-of-2', ended: 'STOPPED' })
    const earlier = recorder.traces
    recorder.begin(rollback)
    recorder.restore(earlier)
  })
  expect(traces).toEqual({ ...release, deploymentArn: 'arn-of-2', ended: 'STOPPED' })
  expect(
    kept((recorder) => {
      recorder.begin(release)
      recorder.restore(undefined)
    }).traces,
  ).toBeUndefined()
})

test.each(['not-ours', 'reported'] as const)('the post step has nothing to say of what is %s', (stage) => {
  const { traces } = kept(({ begin, note }) => {
    begin(release)
    note({ stage })
  })
  expect(traces).toBeUndefined()
})
