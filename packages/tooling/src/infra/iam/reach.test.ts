import { expect, test } from 'vitest'
import { reachBeyond } from './reach.ts'

const ecs = 'arn:aws:ecs:us-east-1:111122223333'

test.each([
  [`${ecs}:cluster/orders-prod`, true],
  [`${ecs}:service/orders-prod/*`, true],
  [`${ecs}:task-definition/orders-prod:*`, true],
  ['arn:aws:sns:us-east-1:111122223333:orders-prod', true],
  ['arn:aws:iam::111122223333:role/orders-prod-task', true],
  [`${ecs}:service/*`, false],
  [`${ecs}:cluster/orders-prod2`, false],
  [`${ecs}:cluster/orders-prod*`, false],
  [`${ecs}:cluster/my-orders-prod`, false],
  [`${ecs}:service/*/orders-prod`, false],
  ['arn:aws:ecs:*:*:cluster/orders-prod', false],
  ['*', false],
])('%s stays within orders-prod: %s', (arn, within) => {
  const statement = { Sid: 'Release', Action: ['ecs:UpdateService'], Resource: [arn] }
  expect(reachBeyond([statement], 'orders-prod')).toEqual(within ? [] : [`Release ${arn}`])
  expect(reachBeyond([statement, statement], 'orders-prod')).toHaveLength(within ? 0 : 1)
})
