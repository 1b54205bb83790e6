import { expect, test } from 'vitest'
import { serviceId } from './service-id.ts'

const arn = 'arn:aws:ecs:us-east-1:111122223333:service/prod/web'
const old = 'arn:aws:ecs:us-east-1:111122223333:service/web'

test.each([
  ['names', 'prod', 'web', 'prod'],
  ['an ARN holds its cluster', 'default', arn, 'prod'],
  ['a given cluster is not replaced', 'staging', arn, 'staging'],
  ['an old ARN holds none', 'default', old, 'default'],
  ['the ARN of something else', 'default', arn.replace('service/', 'task/'), 'default'],
])('%s', (_, cluster, service, expected) => {
  expect(serviceId({ cluster, service })).toEqual({ cluster: expected, service })
})
