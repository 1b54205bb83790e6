import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionHolds } from './condition.ts'
import { evaluateTrust } from './trust-policy.ts'

const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'
const sub = 'token.actions.githubusercontent.com:sub'
const context = {
  [sub]: 'repo:octo-org/orders:ref:refs/heads/main',
  'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
}

const trusting = (statement: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: provider },
        ...statement,
      },
    ],
  })

describe('a trust policy', () => {
  test.each([
    ['no condition', trusting({}), 'allowed'],
    [
      'the action among others, in another case',
      trusting({ Action: ['sts:TagSession', 'STS:assumeRoleWithWebIdentity'] }),
      'allowed',
    ],
    ['the action by a wildcard', trusting({ Action: 'sts:Assume*' }), 'allowed'],
    ['another action', trusting({ Action: 'sts:AssumeRole' }), 'not allowed'],
    ['another provider', trusting({ Principal: { Federated: `${provider}x` } }), 'not allowed'],
    [
      'a service beside the provider',
      trusting({ Principal: { Service: 'ec2.amazonaws.com', Federated: [provider] } }),
      'allowed',
    ],
    ['everybody', trusting({ Principal: '*' }), 'allowed'],
    ['no statement', JSON.stringify({ Statement: [] }), 'not allowed'],
    ['a condition that holds', trusting({ Condition: { StringEquals: { [sub]: context[sub] } } }), 'allowed'],
    [
      'a condition that does not',
      trusting({ Condition: { StringEquals: { [sub]: 'repo:octo-org/orders' } } }),
      'not allowed',
    ],
  ])('%s', (_, policy, decision) => {
    expect(evaluateTrust(policy, { provider, context })).toBe(decision)
  })

  test('a Deny wins over an Allow', () => {
    const allow = JSON.parse(trusting({})).Statement[0]
    const policy = JSON.stringify({ Statement: [allow, { ...allow, Effect: 'Deny' }] })
    expect(evaluateTrust(policy, { provider, context })).toBe('denied explicitly')
  })

  test.each([
    ['NotPrincipal', { NotPrincipal: { Federated: provider } }],
    ['an operator of another kind', { Condition: { ArnLike: { [sub]: '*' } } }],
    ['a set operator', { Condition: { 'ForAllValues:StringEquals': { [sub]: ['a'] } } }],
    ['a policy variable', { Condition: { StringEquals: { [sub]: 'repo:${' + 'aws:username}' } } }],
  ])('what is not modelled is an error: %s', (_, statement) => {
    expect(() => evaluateTrust(trusting(statement), { provider, context })).toThrow('is not evaluated')
  })
})

describe('a condition', () => {
  test.each<[string, Record<string, object>, boolean]>([
    ['one of several values', { StringEquals: { k: ['a', 'b'] } }, true],
    ['case matters', { StringEquals: { k: 'B' } }, false],
    ['case of the key does not', { StringEquals: { K: 'b' } }, true],
    ['without case', { StringEqualsIgnoreCase: { k: 'B' } }, true],
    ['a star in StringEquals is a star', { StringEquals: { k: '*' } }, false],
    ['a star in StringLike', { StringLike: { k: '*' } }, true],
    ['a star may stand for nothing', { StringLike: { k: 'b*' } }, true],
    ['a question mark is one character', { StringLike: { k: 'b?' } }, false],
    ['a dot is a dot', { StringLike: { k: '.' } }, false],
    ['every key has to hold', { StringEquals: { k: 'b', other: 'x' } }, false],
    ['every operator has to hold', { StringEquals: { k: 'b' }, StringNotEquals: { k: 'b' } }, false],
    ['a missing key fails', { StringEquals: { missing: 'b' } }, false],
    ['a missing key passes a negated operator', { StringNotEquals: { missing: 'b' } }, true],
    ['a missing key passes IfExists', { StringEqualsIfExists: { missing: 'b' } }, true],
    ['IfExists compares a key that is there', { StringEqualsIfExists: { k: 'c' } }, false],
    ['a negated operator holds against all values', { StringNotEquals: { k: ['a', 'b'] } }, false],
    ['StringNotLike', { StringNotLike: { k: 'c*' } }, true],
    ['nothing asked', {}, true],
  ])('%s', (_, condition, holds) => {
    expect(conditionHolds(condition, { k: 'b' })).toBe(holds)
  })

  test('StringLike without wildcards is StringEquals, and a star at either end is startsWith or endsWith', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[*?]|\$\{/.test(text))
    fc.assert(
      fc.property(plain, plain, (actual, value) => {
        expect(conditionHolds({ StringLike: { k: value } }, { k: actual })).toBe(actual === value)
        expect(conditionHolds({ StringLike: { k: `${value}*` } }, { k: actual })).toBe(
          actual.startsWith(value),
        )
        expect(conditionHolds({ StringLike: { k: `*${value}` } }, { k: actual })).toBe(actual.endsWith(value))
        expect(conditionHolds({ StringLike: { k: `${value}*` } }, { k: value + actual })).toBe(true)
      }),
    )
  })
})
