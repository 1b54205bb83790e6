import { expect, test } from 'vitest'
import type { JsonObject } from '../wire/json.ts'
import { bench, benchWithService, webDefinition } from './testing/bench.ts'

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`
const tags = [{ key: 'team', value: 'shop' }]

test.each<[operation: string, input: JsonObject, asked: string[]]>([
  ['RegisterTaskDefinition', { family: 'web' }, []],
  [
    'RegisterTaskDefinition',
    { family: 'web', taskRoleArn: role('task'), executionRoleArn: role('execution') },
    [`iam:PassRole ${role('task')}`, `iam:PassRole ${role('execution')}`],
  ],
  [
    'RegisterTaskDefinition',
    { family: 'web', taskRoleArn: 'both', executionRoleArn: role('both') },
    [`iam:PassRole ${role('both')}`],
  ],
  [
    'RegisterTaskDefinition',
    { family: 'web', tags },
    ['ecs:TagResource arn:aws:ecs:us-east-1:111122223333:task-definition/web:*'],
  ],
  ['RegisterTaskDefinition', { family: 'web', tags: [] }, []],
  [
    'CreateService',
    { cluster: 'shop', serviceName: 'web', tags },
    ['ecs:TagResource arn:aws:ecs:us-east-1:111122223333:service/shop/web'],
  ],
  [
    'CreateCluster',
    { clusterName: 'shop', tags },
    ['ecs:TagResource arn:aws:ecs:us-east-1:111122223333:cluster/shop'],
  ],
  ['UpdateService', { service: 'web', taskDefinition: 'gone' }, []],
  ['DescribeTaskDefinition', { taskDefinition: 'web', tags }, []],
])('%s %j asks IAM besides for %j', (operation, input, asked) => {
  const further = bench().service.furtherPermissions?.(operation, input) ?? []
  expect(further.map(({ action, resource }) => `${action} ${resource}`)).toEqual(asked)
})

test.each([
  ['web', 'new'],
  ['web:1', 'old'],
  ['arn:aws:ecs:us-east-1:111122223333:task-definition/web:2', 'new'],
])('a service that is to run %s passes the role of that revision', async (taskDefinition, name) => {
  const made = await benchWithService()
  made.ecs.state.taskDefinitions.clear()
  for (const taskRoleArn of [role('old'), role('new')]) {
    await made.call('RegisterTaskDefinition', { ...webDefinition, family: 'web', taskRoleArn })
  }
  const asked = made.service.furtherPermissions?.('UpdateService', { service: 'web', taskDefinition })
  expect(asked).toContainEqual({ action: 'iam:PassRole', resource: role(name) })
  expect(asked).not.toContainEqual({ action: 'iam:PassRole', resource: role(name === 'old' ? 'new' : 'old') })
  expect(made.service.furtherPermissions?.('UpdateService', { service: 'web', desiredCount: 3 })).toEqual([])
})
