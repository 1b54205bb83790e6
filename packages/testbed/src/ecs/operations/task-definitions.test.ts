import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, type Bench, bench, webDefinition } from '../testing/bench.ts'

const arnOf = (name: string): string => `arn:aws:ecs:us-east-1:111122223333:task-definition/${name}`

async function withThree(): Promise<Bench> {
  const made = bench()
  await made.call('RegisterTaskDefinition', { ...webDefinition, tags: [{ key: 'a', value: 'b' }] })
  await made.call('RegisterTaskDefinition', webDefinition)
  await made.call('RegisterTaskDefinition', { ...webDefinition, family: 'api' })
  return made
}

test.each([
  ['the family: its latest revision', 'web', 'web:2'],
  ['family and revision', 'web:1', 'web:1'],
  ['an ARN', arnOf('web:1'), 'web:1'],
])('DescribeTaskDefinition takes %s', async (_name, taskDefinition, found) => {
  const { call } = await withThree()
  const answer = await call('DescribeTaskDefinition', { taskDefinition })
  expect(at(answer, 'taskDefinition', 'taskDefinitionArn')).toBe(arnOf(found))
  expect(answer).not.toHaveProperty('tags')
})

test('the family means the latest ACTIVE revision, while an INACTIVE one can still be described', async () => {
  const { call } = await withThree()
  const answer = await call('DeregisterTaskDefinition', { taskDefinition: 'web:2' })
  expect(at(answer, 'taskDefinition', 'status')).toBe('INACTIVE')
  const latest = await call('DescribeTaskDefinition', { taskDefinition: 'web', include: ['TAGS'] })
  expect(at(latest, 'taskDefinition', 'revision')).toBe(1)
  expect(latest.tags).toEqual([{ key: 'a', value: 'b' }])
  const gone = await call('DescribeTaskDefinition', { taskDefinition: 'web:2' })
  expect(at(gone, 'taskDefinition', 'status')).toBe('INACTIVE')
})

test.each<[name: string, input: JsonObject, arns: string[]]>([
  ['all', {}, ['api:1', 'web:1']],
  ['a family', { familyPrefix: 'web' }, ['web:1']],
  ['a family by part of its name', { familyPrefix: 'we' }, []],
  ['inactive ones', { status: 'INACTIVE' }, ['web:2']],
  ['backwards', { sort: 'DESC' }, ['web:1', 'api:1']],
])('ListTaskDefinitions: %s', async (_name, input, arns) => {
  const { call } = await withThree()
  await call('DeregisterTaskDefinition', { taskDefinition: 'web:2' })
  expect(await call('ListTaskDefinitions', input)).toEqual({ taskDefinitionArns: arns.map(arnOf) })
})

test('ListTaskDefinitions is paged', async () => {
  const { call } = await withThree()
  const first = await call('ListTaskDefinitions', { maxResults: 2 })
  expect(first.taskDefinitionArns).toEqual(['api:1', 'web:1'].map(arnOf))
  const second = await call('ListTaskDefinitions', { maxResults: 2, nextToken: first.nextToken ?? null })
  expect(second).toEqual({ taskDefinitionArns: [arnOf('web:2')] })
})

test.each<[operation: string, input: JsonObject, code: string, message: string]>([
  [
    'DescribeTaskDefinition',
    { taskDefinition: 'nope' },
    'ClientException',
    'Unable to describe task definition.',
  ],
  [
    'DescribeTaskDefinition',
    { taskDefinition: 'web:9' },
    'ClientException',
    'Unable to describe task definition.',
  ],
  [
    'DescribeTaskDefinition',
    { taskDefinition: arnOf('web:1').replace('us-east-1', 'eu-west-1') },
    'ClientException',
    'Unable to describe task definition.',
  ],
  ['DescribeTaskDefinition', {}, 'InvalidParameterException', 'Task Definition can not be blank.'],
  [
    'DescribeTaskDefinition',
    { taskDefinition: 'web:x' },
    'InvalidParameterException',
    'Invalid revision number. Number: x',
  ],
  [
    'DescribeTaskDefinition',
    { taskDefinition: 'web', include: ['ALL'] },
    'InvalidParameterException',
    'Invalid include value.',
  ],
  [
    'DeregisterTaskDefinition',
    { taskDefinition: 'web' },
    'InvalidParameterException',
    'Invalid revision number. Number: ',
  ],
  [
    'DeregisterTaskDefinition',
    { taskDefinition: 'nope:1' },
    'ClientException',
    'Unable to describe task definition.',
  ],
  ['ListTaskDefinitions', { status: 'ALL' }, 'InvalidParameterException', 'Invalid status.'],
  ['ListTaskDefinitions', { sort: 'UP' }, 'InvalidParameterException', 'Invalid sort.'],
  [
    'ListTaskDefinitions',
    { maxResults: 0 },
    'InvalidParameterException',
    'maxResults must be between 1 and 100.',
  ],
  ['ListTaskDefinitions', { nextToken: '2' }, 'InvalidParameterException', 'Invalid token.'],
])('%s of %j is refused', async (operation, input, code, message) => {
  const { call } = await withThree()
  await expect(call(operation, input)).rejects.toMatchObject({ code, message })
})
