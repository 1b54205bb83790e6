import { expect, test } from 'vitest'
import { type BuildInputs, differences, identityLabels, isOtherCheckout } from './identity.ts'

const inputs: BuildInputs = {
  context: '.',
  dockerfile: ['FROM scratch\n'],
  target: undefined,
  platforms: undefined,
  buildArgs: ['TOKEN=hunter2', 'A=b'],
  extraArgs: undefined,
}
const commits = { named: 'a'.repeat(40), checkedOut: 'a'.repeat(40) }
const labels = identityLabels(commits, inputs)

test('hold the commit and hashes, and no value', () => {
  expect(labels['org.opencontainers.image.revision']).toBe('a'.repeat(40))
  expect(JSON.stringify(labels)).not.toContain('hunter2')
  expect(labels['ecs-release-actions.build-inputs']).toMatch(
    /^context:\w{16} Dockerfile:\w{16} target:\w{16} platforms:\w{16} build-args:\w{16} extra-args:\w{16}$/,
  )
})

test('the order of build arguments does not matter', () => {
  const turned = identityLabels(commits, { ...inputs, buildArgs: ['A=b', 'TOKEN=hunter2'] })
  expect(differences(labels, turned)).toEqual([])
})

test.each<[string, Partial<BuildInputs>, string[]]>([
  ['target', { target: 'debug' }, ['another target']],
  ['a build argument', { buildArgs: ['A=c'] }, ['another build-args']],
  [
    'Dockerfile, and other platforms,',
    { dockerfile: ['FROM other\n'], platforms: ['linux/arm64'] },
    ['another Dockerfile', 'another platforms'],
  ],
  ['.dockerignore', { dockerfile: ['FROM scratch\n', 'b\n'] }, ['another Dockerfile']],
  ['an extra argument', { extraArgs: ['--ssh=default'] }, ['another extra-args']],
  ['Dockerfile of the same text as a target', { dockerfile: ['x'] }, ['another Dockerfile']],
])('another %s is named', (_, change, expected) => {
  expect(differences(labels, identityLabels(commits, { ...inputs, ...change }))).toEqual(expected)
})

test('another commit, and an image of somebody else', () => {
  expect(
    differences(labels, identityLabels({ named: 'b'.repeat(40), checkedOut: 'b'.repeat(40) }, inputs)),
  ).toEqual([`its commit is ${'b'.repeat(40)}, not ${'a'.repeat(40)}`])
  expect(differences(labels, {})).toEqual([
    `its commit is not known, not ${'a'.repeat(40)}`,
    'it was not built by this action',
  ])
})

test('the merge of a pull request is another image than its head', () => {
  const merge = identityLabels({ ...commits, checkedOut: 'c'.repeat(40) }, inputs)
  expect(differences(labels, merge)).toEqual([
    `it was built from the checkout ${'c'.repeat(40)}, and this one is ${'a'.repeat(40)}`,
  ])
  expect([isOtherCheckout(labels, merge), isOtherCheckout(labels, labels)]).toEqual([true, false])
})
