import { readFileSync } from 'node:fs'
import type { ActionRun } from '@ecs-release/testbed'
import { expect, test } from 'vitest'
import { editDeployment, editList, type Rule } from './answers.fixture.ts'
import { plantedSecret } from './checked.fixture.ts'
import { type World, world } from './world.fixture.ts'

/** Each would change the run if the runner read it as a command. */
const commands = [
  '::error::planted',
  '  ::warning file=a.js::planted',
  '##[error]planted',
  'text ##[warning]planted',
  '::add-mask::orders',
  '::stop-commands::planted',
  '::group::planted',
  '::set-output name=outcome::succeeded',
  '::save-state name=planted::planted',
  '::debug::planted',
  '\u001b[31m::error::planted',
  'first\r::error::planted',
]

/** The run has what the action itself said, and nothing else. */
function unmoved(run: ActionRun): void {
  expect(run.annotations).toHaveLength(1)
  expect(run.annotations[0]?.message).toMatch(/^orders:2 failed on orders/)
  expect(run.outputs.outcome).toBe('rolled-back')
  // Only what the step itself saves.
  expect(Object.keys(run.state).toSorted()).toEqual(['deploymentArn', 'ended', 'started', 'updating'])
  expect(run.log).not.toContain('***')
  expect(run.log).not.toContain('▸ planted')
  expect(run.summary).not.toMatch(/<script|<img/)
}

async function crashed(aws: World): Promise<ActionRun> {
  const v2 = await aws.push('v2', {
    fault: 'exit',
    says: [...commands, '<script>alert(1)</script> ``` </details>'],
  })
  return aws.deploy({ images: v2.uri, 'log-lines': '100' })
}

test.concurrent('commands in the log of a container', async () => {
  await using aws = await world()
  await using run = await crashed(aws)
  unmoved({ ...run, summary: run.summary.replaceAll(/^`{3,}\n.*?^`{3,}$/gms, '') })
  for (const command of commands) expect(run.log).toContain(command.includes('##') ? '#\\#[' : 'planted')
  expect(run.log).toContain('Last lines of container app')
})

const edits: [string, (text: string) => Rule][] = [
  [
    'stopped reasons',
    (text) => editList('DescribeTasks', 'tasks', (task) => ({ ...task, stoppedReason: text })),
  ],
  [
    'service events',
    (text) => {
      const events = [{ id: crypto.randomUUID(), createdAt: Date.now() / 1000, message: text }]
      return editList('DescribeServices', 'services', (service) => ({ ...service, events }))
    },
  ],
  ['status reasons', (text) => editDeployment((deployment) => ({ ...deployment, statusReason: text }))],
]

test.concurrent.each(edits)('commands in %s', async (_, edit) => {
  await using aws = await world()
  const v2 = await aws.push('v2', { fault: 'exit' })
  const text = commands.join('\n')
  const { faults } = aws.testbed
  // From the second look on: what was there before the update is not shown.
  faults.inject({ ...edit(text), nth: 2, times: 1000 })
  await using run = await aws.deploy({ images: v2.uri })
  unmoved(run)
  expect(run.log).toContain('planted')
})

test.concurrent('commands in the message of an AWS error', async () => {
  await using aws = await world()
  await using run = await aws.deployUnchecked({ 'task-definition': '::error::planted ##[error]planted' })
  expect(run.annotations).toHaveLength(1)
  expect(run.annotations[0]?.message).toMatch(/^Could not read the task definition /)
  expect(run.outputs.outcome).toBe('failed')
})

test.concurrent('values of environment variables are nowhere but in the task definition file', async () => {
  await using aws = await world()
  const v2 = await aws.push('v2', { fault: 'exit' })
  // The fixture checks log, summary, outputs, annotations and all files of every run; this shows that it has something to find.
  await using run = await aws.deploy({ images: v2.uri }, { debug: true })
  expect(readFileSync(run.outputs['task-definition-file'] ?? '', 'utf8')).toContain(plantedSecret)
})
