import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isObject, type JsonValue } from './json.ts'
import { decodeForm } from './query-form.ts'

/** The form as the SDK writes it (aws-model.md 1.3), written independently of the decoder. */
function fields(name: string, value: JsonValue): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${name}=`]
    return value.flatMap((item, index) => fields(`${name}.member.${index + 1}`, item))
  }
  if (isObject(value))
    return Object.entries(value).flatMap(([member, child]) => fields(`${name}.${member}`, child))
  return [`${name}=${encodeURIComponent(String(value))}`]
}

function encodeForm(input: Record<string, JsonValue>): string {
  const members = Object.entries(input).flatMap(([name, value]) => fields(name, value))
  return ['Action=Op', 'Version=2015-12-01', ...members].join('&')
}

const memberName = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/)
  .filter((name) => !['member', 'entry', 'Action', 'Version'].includes(name))
const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.array(tie('tree'), { minLength: 1, maxLength: 12 }),
    fc.dictionary(memberName, tie('tree'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  ),
}))

test('what the SDK writes is read back whole', () => {
  fc.assert(
    fc.property(fc.dictionary(memberName, tree, { noNullPrototype: true }), (input) => {
      expect(decodeForm(encodeForm(input))).toEqual(input)
    }),
  )
})

test.each([
  {
    name: 'a map',
    form: 'Attributes.entry.1.key=FilterPolicy&Attributes.entry.1.value=%7B%7D&Attributes.entry.2.key=b&Attributes.entry.2.value=2',
    input: { Attributes: { FilterPolicy: '{}', b: '2' } },
  },
  {
    name: 'a map in the spelling of SNS, with structures',
    form: 'M.entry.1.Name=a&M.entry.1.Value.DataType=String&M.entry.1.Value.StringValue=x',
    input: { M: { a: { DataType: 'String', StringValue: 'x' } } },
  },
  { name: 'an empty list', form: 'TargetGroupArns=', input: { TargetGroupArns: '' } },
  {
    name: 'items out of order, ten after two',
    form: 'A.member.10=c&A.member.2=b&A.member.1=a',
    input: { A: ['a', 'b', 'c'] },
  },
  { name: 'a plus as a space', form: 'Name=a+b%2B', input: { Name: 'a b+' } },
  {
    name: 'a hostile name',
    form: '__proto__.polluted=1',
    input: JSON.parse('{"__proto__":{"polluted":"1"}}'),
  },
])('$name', ({ form, input }) => {
  const decoded = decodeForm(form)
  expect(JSON.stringify(decoded)).toBe(JSON.stringify(input))
  expect({}).not.toHaveProperty('polluted')
})
