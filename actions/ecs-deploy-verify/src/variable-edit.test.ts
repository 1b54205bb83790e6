import fc from 'fast-check'
import { expect, test } from 'vitest'
import { secretEdit, variableEdit } from './variable-edit.ts'

const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf'
const parameter = 'arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db'

test.each<[string, string, string | undefined, string, string | undefined]>([
  ['a variable of a container', 'app:LEVEL=debug', 'app', 'LEVEL', 'debug'],
  ['a variable of the only container', 'LEVEL=debug', undefined, 'LEVEL', 'debug'],
  ['further equals signs', 'KEY=a=b==', undefined, 'KEY', 'a=b=='],
  ['a URL', 'app:URL=https://user:pw@db:5432/x?y=z', 'app', 'URL', 'https://user:pw@db:5432/x?y=z'],
  ['a URL without a container', 'URL=https://db:5432', undefined, 'URL', 'https://db:5432'],
  ['an empty value', 'app:LEVEL=', 'app', 'LEVEL', ''],
  ['a blank in front is part of the value', 'LEVEL= x', undefined, 'LEVEL', ' x'],
  ['a value that looks like a removal', 'LEVEL=-x', undefined, 'LEVEL', '-x'],
  ['quotes are part of the value', 'LEVEL="x"', undefined, 'LEVEL', '"x"'],
  ['names of frameworks', 'app:spring.data-url=x', 'app', 'spring.data-url', 'x'],
  ['a container that begins with a digit', '1st-app:_A1=x', '1st-app', '_A1', 'x'],
  ['a removal', 'app:-LEVEL', 'app', 'LEVEL', undefined],
  ['a removal without a container', '-LEVEL', undefined, 'LEVEL', undefined],
])('%s', (_, line, container, name, value) => {
  expect(variableEdit.parse(line)).toEqual({ kind: 'value', value: { container, name, value } })
})

test.each<[string, string]>([
  ['a word', 'hunter2'],
  ['a container without anything', 'app:'],
  ['no name', '=hunter2'],
  ['no name behind the container', 'app:=hunter2'],
  ['a blank before the sign', 'LEVEL = hunter2'],
  ['a blank after the container', 'app: LEVEL=hunter2'],
  ['a name that begins with a digit', '1A=hunter2'],
  ['two containers', 'app:web:A=hunter2'],
  ['a container with a dot', 'a.b:A=hunter2'],
  ['a removal with a value', '-A=hunter2'],
  ['a removal with a value and a container', 'app:-A=hunter2'],
  ['a line of a key in several lines', '-----BEGIN PRIVATE KEY-----'],
  ['the last line of a base64 text', 'MIIEv/AIBADANBgkqhkiG9w0BAQ=='],
  ['nothing', ''],
])('refused without a word of the line: %s', (_, line) => {
  for (const kind of [variableEdit, secretEdit]) {
    const parsed = kind.parse(line)
    expect(parsed).toEqual({
      kind: 'problems',
      problems: [expect.stringMatching(/^expected container:NAME=/)],
    })
    expect(JSON.stringify(parsed)).not.toContain('hunter2')
  }
})

test.each([
  secret,
  `${secret}:password::`,
  parameter,
  '/prod/db/password',
  secret.replace('arn:aws:', 'arn:aws-cn:'),
  secret.replace('arn:aws:', 'arn:aws-us-gov:'),
])('a secret is taken from %s', (value) => {
  expect(secretEdit.parse(`app:DB=${value}`)).toEqual({
    kind: 'value',
    value: { container: 'app', name: 'DB', value },
  })
})

test.each([
  'hunter2',
  '',
  'db-password',
  ' /prod/db',
  '/prod/db password',
  '/',
  'arn:aws:s3:::bucket/key',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:',
  'arn:aws:ssm:eu-west-1:1111:parameter/x',
  'arn:aws:iam::111122223333:role/x',
])('what may be the secret itself is refused unquoted: %j', (value) => {
  const parsed = secretEdit.parse(`app:DB=${value}`)
  expect(parsed.kind).toBe('problems')
  expect(JSON.stringify(parsed)).not.toMatch(/hunter2|db-password|s3/)
})

test('every value comes through unchanged, whatever is in it', () => {
  const container = fc.option(fc.stringMatching(/^[A-Za-z0-9][\w-]{0,20}$/), { nil: undefined })
  const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,20}$/)
  fc.assert(
    fc.property(container, name, fc.string({ unit: 'binary' }), (of, variable, value) => {
      const line = `${of === undefined ? '' : `${of}:`}${variable}=${value}`
      expect(variableEdit.parse(line)).toEqual({
        kind: 'value',
        value: { container: of, name: variable, value },
      })
    }),
  )
})
