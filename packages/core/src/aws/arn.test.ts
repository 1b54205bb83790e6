import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatArn, nameInArn, parseArn } from './arn.ts'

test.each([
  ['arn:aws:ecs:eu-west-1:111122223333:service/prod/web', 'web'],
  ['arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7', 'web:7'],
  ['arn:aws-cn:iam::111122223333:role/deployer', 'deployer'],
  ['web', 'web'],
  ['a/b', 'a/b'],
])('the name in %s is %s', (arn, name) => {
  expect(nameInArn(arn)).toBe(name)
})

test.each([
  '',
  'web',
  'arn:aws:ecs:eu-west-1:111122223333',
  'arn:aws:ecs:eu-west-1:111122223333:',
  'arn::ecs:r:a:x',
  'urn:aws:ecs:r:a:x',
])('"%s" is no ARN', (text) => {
  expect(parseArn(text)).toBeUndefined()
})

test('what is formatted is parsed back, colons in the resource included', () => {
  const part = fc.stringMatching(/^[a-z0-9-]+$/)
  const arn = fc.record({
    partition: part,
    service: part,
    region: fc.oneof(part, fc.constant('')),
    accountId: fc.oneof(part, fc.constant('')),
    resource: fc.stringMatching(/^[a-z0-9:/-]+$/),
  })
  fc.assert(
    fc.property(arn, (parts) => {
      expect(parseArn(formatArn(parts))).toEqual(parts)
    }),
  )
})
