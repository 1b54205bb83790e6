import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import { refusedUpdate } from './refused-update.ts'

const arn = 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:2'
const called = (cause: unknown) => new ActionError('rejected', 'Could not update the service', { cause })

test('an update with a deregistered task definition is explained', () => {
  const error = called(called(new Error('TaskDefinition is inactive')))
  expect(refusedUpdate(error, arn)).toMatchObject({
    code: 'task-definition-inactive',
    cause: 'the task definition web:2 was deregistered (INACTIVE)',
    evidence: ['TaskDefinition is inactive'],
  })
})

test.each([
  ['another refusal', called(new Error('TaskDefinition not found.'))],
  ['no cause', called(undefined)],
  ['no error', 'TaskDefinition is inactive'],
])('%s is not', (_, error) => {
  expect(refusedUpdate(error, arn)).toBeUndefined()
})
