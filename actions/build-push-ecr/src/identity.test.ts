import { expect, test } from 'vitest'
import { type BuildInputs, differences, identityLabels } from './identity.ts'

const inputs: BuildInputs = {
  context: '.',
  file: undefined,
  target: undefined,
  platforms: undefined,
  buildArgs: ['TOKEN=hunter2', 'A=b'],
}
const labels = identityLabels('a'.repeat(40), inputs)

test('hold the commit and hashes, and no value', () => {
  expect(labels['org.opencontainers.image.revision']).toBe('a'.repeat(40))
  expect(JSON.stringify(labels)).not.toContain('hunter2')
  expect(labels['ecs-release-actions.build-inputs']).toMatch(
    /^context:\w{16} file:\w{16} target:\w{16} platforms:\w{16} build-args:\w{16}$/,
  )
})

test('the order of arguments and platforms does not matter', () => {
  const turned = identityLabels('a'.repeat(40), { ...inputs, buildArgs: ['A=b', 'TOKEN=hunter2'] })
  expect(differences(labels, turned)).toEqual([])
})

test.each<[string, Partial<BuildInputs>, string[]]>([
  ['target', { target: 'debug' }, ['another target']],
  ['a build argument', { buildArgs: ['A=c'] }, ['another build-args']],
  ['file and platforms', { file: 'D', platforms: ['linux/arm64'] }, ['another file', 'another platforms']],
  ['a target of the same text as the file', { file: 'x' }, ['another file']],
])('another %s is named', (_, change, expected) => {
  expect(differences(labels, identityLabels('a'.repeat(40), { ...inputs, ...change }))).toEqual(expected)
})

test('another commit, and an image of somebody else', () => {
  expect(differences(labels, identityLabels('b'.repeat(40), inputs))).toEqual([
    `its commit is ${'b'.repeat(40)}, not ${'a'.repeat(40)}`,
  ])
  expect(differences(labels, {})).toEqual([
    `its commit is not known, not ${'a'.repeat(40)}`,
    'it was not built by this action',
  ])
})
