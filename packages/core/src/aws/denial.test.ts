import { expect, test } from 'vitest'
import { readDenial } from './denial.ts'

const WHO = 'arn:aws:sts::111122223333:assumed-role/deployer/s'

test.each([
  [
    'another action than the one called',
    `User: ${WHO} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/task because no identity-based policy allows the iam:PassRole action`,
    'AWS does not allow iam:PassRole on arn:aws:iam::111122223333:role/task',
    'Add this statement to the role\'s policy: {"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:role/task"}',
  ],
  [
    'no resource',
    `User: ${WHO} is not authorized to perform: elasticloadbalancing:DescribeTargetHealth because no identity-based policy allows the elasticloadbalancing:DescribeTargetHealth action`,
    'AWS does not allow elasticloadbalancing:DescribeTargetHealth for',
    '"Resource":"*"}',
  ],
  [
    'an explicit deny',
    `User: ${WHO} is not authorized to perform: ecs:UpdateService on resource: * with an explicit deny in a service control policy`,
    '(with an explicit deny in a service control policy)',
    'An explicit deny (service control policy) forbids it',
  ],
  [
    'an explicit deny of an identity-based policy with its ARN',
    `User: ${WHO} is not authorized to perform: ecs:UpdateService on resource: * with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/no`,
    'policy/no)',
    'An explicit deny (identity-based policy) forbids it',
  ],
  [
    'a session policy',
    `User: ${WHO} is not authorized to perform: ecs:UpdateService on resource: * because no session policy allows the ecs:UpdateService action`,
    'because no session policy',
    'Add this statement to the session policy',
  ],
  [
    'a permissions boundary',
    `User: ${WHO} is not authorized to perform: ecs:UpdateService on resource: * because no permissions boundary allows the ecs:UpdateService action`,
    'because no permissions boundary',
    'Add this statement to the permissions boundary',
  ],
  ['nothing', '', 'AWS does not allow ecs:UpdateService', '"Action":"ecs:UpdateService","Resource":"*"}'],
  [
    'words of its own',
    'Not authorized',
    'AWS does not allow ecs:UpdateService (Not authorized)',
    '"Action":"ecs:UpdateService"',
  ],
])('a denial that names %s', (_, text, message, hint) => {
  const denial = readDenial(text, 'ecs:UpdateService')
  expect(denial.message).toContain(message)
  expect(denial.hint).toContain(hint)
})

const ECS = 'arn:aws:ecs:eu-west-1:111122223333'
const LOGS = 'arn:aws-cn:logs:cn-north-1:111122223333'

test.each([
  [`${ECS}:task/prod/0123456789abcdef0123456789abcdef`, `${ECS}:task/prod/*`],
  [`${ECS}:service-deployment/prod/web/abcDEF123`, `${ECS}:service-deployment/prod/web/*`],
  [`${ECS}:service-revision/prod/web/1234567890`, `${ECS}:service-revision/prod/web/*`],
  [`${ECS}:task-definition/web:17`, `${ECS}:task-definition/web:*`],
  [`${LOGS}:log-group::log-stream:`, `${LOGS}:log-group:*`],
  [`${LOGS}:log-group::log-stream:*`, `${LOGS}:log-group:*`],
  [`${LOGS}:log-group:/ecs/web:log-stream:app/app/0123`, `${LOGS}:log-group:/ecs/web:log-stream:*`],
  [`${LOGS}:log-group:/ecs/web:log-stream:`, `${LOGS}:log-group:/ecs/web:log-stream:*`],
  // What lasts is named as it is: a statement must not allow more than is asked for.
  [`${ECS}:service/prod/web`, `${ECS}:service/prod/web`],
  [`${ECS}:cluster/prod`, `${ECS}:cluster/prod`],
  [`${ECS}:task-definition/web:*`, `${ECS}:task-definition/web:*`],
  ['arn:aws:iam::111122223333:role/task/web', 'arn:aws:iam::111122223333:role/task/web'],
  ['arn:aws:ecr:eu-west-1:111122223333:repository/a/b', 'arn:aws:ecr:eu-west-1:111122223333:repository/a/b'],
])('a denial on %s is mended by a statement on %s', (resource, stated) => {
  const text = `User: ${WHO} is not authorized to perform: ecs:DescribeTasks on resource: ${resource} because no identity-based policy allows it`
  const { hint, message } = readDenial(text, 'ecs:DescribeTasks')
  expect(hint).toContain(`"Resource":"${stated}"}`)
  expect(message).toContain(`on ${resource} for`)
})
