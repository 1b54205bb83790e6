import { expect, expectTypeOf, test } from 'vitest'
import { duration, flag, form, lines, oneOf, text, wholeNumber } from './input-kinds.ts'
import { type InputsOf, optional, required, spec, withDefault } from './spec.ts'

const image = form('CONTAINER=IMAGE', (line) =>
  /^[^=]+=.+$/.test(line) ? line.split('=', 1).join('') : undefined,
)

const inputs = spec({
  cluster: withDefault(text, 'default'),
  service: required(text, 'the name or ARN of the ECS service'),
  images: withDefault(lines(image), ''),
  timeout: withDefault(duration({ min: 60, max: 21_600 }), '30m'),
  'desired-count': optional(wholeNumber({ min: 0 })),
  'wait-until': withDefault(oneOf('steady', 'deployed', 'none'), 'steady'),
  'dry-run': withDefault(flag, 'false'),
})

test('values have the types and the names of the spec', () => {
  const values = inputs.read({ INPUT_SERVICE: ' web ', 'INPUT_DESIRED-COUNT': '0', 'INPUT_DRY-RUN': 'TRUE' })
  expectTypeOf(values).toEqualTypeOf<InputsOf<typeof inputs>>()
  expectTypeOf(values.timeout).toEqualTypeOf<number>()
  expectTypeOf(values.desiredCount).toEqualTypeOf<number | undefined>()
  expectTypeOf(values.waitUntil).toEqualTypeOf<'steady' | 'deployed' | 'none'>()
  expectTypeOf(values.images).toEqualTypeOf<readonly string[]>()
  expect(values).toEqual({
    cluster: 'default',
    service: 'web',
    images: [],
    timeout: 1800,
    desiredCount: 0,
    waitUntil: 'steady',
    dryRun: true,
  })
})

test('all problems come in one error, in the order of the spec', () => {
  const env = {
    INPUT_IMAGES: 'web=nginx\n\n  nginx\nnginx2',
    INPUT_TIMEOUT: '7h',
    'INPUT_DESIRED-COUNT': '-1',
    'INPUT_WAIT-UNTIL': 'done',
    'INPUT_DRY-RUN': 'yes',
  }
  expect(() => inputs.read(env)).toThrow(
    expect.objectContaining({
      code: 'invalid-input',
      message: [
        '7 problems with the inputs:',
        'service: is required: the name or ARN of the ECS service',
        'images: line 3: expected CONTAINER=IMAGE, got "nginx"',
        'images: line 4: expected CONTAINER=IMAGE, got "nginx2"',
        'timeout: expected a duration such as 10m, from 1m to 6h, got "7h"',
        'desired-count: expected a whole number of 0 or more, got "-1"',
        'wait-until: expected steady, deployed or none, got "done"',
        'dry-run: expected true or false, got "yes"',
      ].join('\n'),
    }),
  )
})

test.each([
  ['a duration', duration(), 'ten', 'expected a duration such as 10m, got "ten"'],
  ['a duration without a unit', duration(), '10', 'expected a duration such as 10m, got "10"'],
  [
    'a duration with an upper bound',
    duration({ max: 60 }),
    '2m',
    'expected a duration such as 10m, of 1m or less, got "2m"',
  ],
  ['a number with a fraction', wholeNumber(), '1.5', 'expected a whole number, got "1.5"'],
  [
    'a number beyond what is exact',
    wholeNumber(),
    '9007199254740993',
    'expected a whole number, got "9007199254740993"',
  ],
  ['a flag in mixed case', flag, 'tRUE', 'expected true or false, got "tRUE"'],
  ['a flag of YAML 1.1', flag, 'on', 'expected true or false, got "on"'],
  ['a long value', flag, 'x'.repeat(200), `expected true or false, got "${'x'.repeat(80)}…"`],
  ['a value of several lines', flag, 'a\n::error::b', 'expected true or false, got "a\\n::error::b"'],
])('%s of the wrong form is answered in the words of the user', (_, kind, value, problem) => {
  expect(kind.parse(value)).toEqual({ kind: 'problems', problems: [problem] })
})

test.each(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'])('a flag takes %s as GitHub does', (word) => {
  expect(flag.parse(word)).toEqual({ kind: 'value', value: word.toLowerCase() === 'true' })
})

test('blank text is absence', () => {
  expect(() => inputs.read({ INPUT_SERVICE: ' \n ' })).toThrow(/^service: is required/)
})

test.each([
  ['commas', 'linux/amd64, linux/arm64'],
  ['blanks', 'linux/amd64 linux/arm64'],
])('a list with %s is told how it is written', (_, value) => {
  const platform = form('a platform', (line) => (/^\w+\/\w+$/.test(line) ? line : undefined))
  expect(lines(platform).parse(value)).toEqual({
    kind: 'problems',
    problems: [`line 1: expected a platform, got "${value}"; write one per line`],
  })
  expect(lines(platform).parse('linux, amd64')).toMatchObject({
    problems: [expect.not.stringContaining('per line')],
  })
})

test('names, required and defaults are there to be compared with action.yml', () => {
  expect(
    Object.entries(inputs.definition).map(([name, input]) => [name, input.required, input.default]),
  ).toEqual([
    ['cluster', false, 'default'],
    ['service', true, undefined],
    ['images', false, ''],
    ['timeout', false, '30m'],
    ['desired-count', false, undefined],
    ['wait-until', false, 'steady'],
    ['dry-run', false, 'false'],
  ])
})
