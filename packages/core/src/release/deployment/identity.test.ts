import { expect, test } from 'vitest'
import { aDeployment, aService, older, revisionArn } from '../test-data.fixture.ts'
import { belongsTo, numberOf, primaryOf, revisionArnOf } from './identity.ts'

test('the PRIMARY deployment, wherever it stands', () => {
  const deployments = [aDeployment({ id: older, status: 'ACTIVE' }), aDeployment()]
  expect(primaryOf(aService({ deployments }))?.id).toBe('ecs-svc/2')
  expect(primaryOf(aService({ deployments: [] }))).toBeUndefined()
})

test('a revision belongs to the deployment of exactly its number', () => {
  expect(numberOf('ecs-svc/7446793752848331910')).toBe('7446793752848331910')
  expect(belongsTo(revisionArn(2), 'ecs-svc/2')).toBe(true)
  expect(belongsTo(revisionArn(12), 'ecs-svc/2')).toBe(false)
  expect(belongsTo(revisionArn(2), 'ecs-svc/12')).toBe(false)
})

test('the ARN of a revision that the history does not list any more', () => {
  expect(revisionArnOf(aService(), 'ecs-svc/2')).toBe(revisionArn(2))
  const old = aService({ arn: 'arn:aws:ecs:us-east-1:111122223333:service/web' })
  expect(revisionArnOf(old, 'ecs-svc/2')).toBe(revisionArn(2))
})
