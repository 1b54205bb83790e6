import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../repository.ts'
import { type SharedProvider, shareProvider } from './mock-provider.ts'
import { REFUSALS, raiseMutants } from './mutation/mutant.ts'
import { type Mutation, mutationsOf } from './mutation/mutation.ts'
import { places } from './places.ts'
import { terraform, tryTerraform } from './terraform.ts'
import { assertionsOf, terraformTest } from './terraform-test.ts'
import { type Workspace, workspace } from './workspace.ts'

let original: Workspace
let provider: SharedProvider

beforeAll(async () => {
  original = workspace()
  provider = await shareProvider(original)
  for (const place of places) await terraform(original.path(place), ['init', '-backend=false'], provider.env)
})

afterAll(() => {
  provider?.[Symbol.dispose]()
  original?.[Symbol.dispose]()
})

test('everything is formatted', async () => {
  const { stdout } = await tryTerraform(`${root}/example-infra`, ['fmt', '-check', '-recursive', '-diff'])
  expect(stdout).toBe('')
})

describe.each(places)('%s', (place) => {
  const mutations = mutationsOf(place)

  test.concurrent('is valid, and its tests pass', async () => {
    await terraform(original.path(place), ['validate'], provider.env)
    const result = await terraformTest(original.path(place), provider.env)
    expect(result).toMatchObject({ errors: [], notPassed: [], failed: [] })
    expect(result.passed).toBeGreaterThan(0)
  })

  test('no two assertions have one message, and each has a mutation', () => {
    const claims = assertionsOf(original.path(place))
      .filter(({ file }) => file !== REFUSALS)
      .map(({ claim }) => claim)
    expect(new Set(claims).size).toBe(claims.length)
    expect(claims.length).toBeGreaterThan(0)
    expect([...new Set(mutations.flatMap(({ fails }) => fails))].sort()).toEqual(claims.sort())
  })

  test.concurrent('each change is noticed, by exactly the assertions that its table names', async () => {
    using copy = workspace(original.folder)
    const mutants = raiseMutants(copy.path(place), mutations)
    await terraform(copy.path(place), ['init', '-backend=false'], provider.env)
    const { errors, notPassed, failed } = await terraformTest(copy.path(place), provider.env)
    const noticed = (index: number): string[] =>
      failed.filter(({ file }) => file.startsWith(`mutant-${index}.`)).map(({ claim }) => claim)
    const lines = (changes: readonly Mutation[], claims: readonly string[]): string[] => [
      ...changes.map(({ file, from, to }) => `${file}: ${from} → ${to}`),
      ...[...claims].sort(),
    ]
    expect(mutants.map((changes, index) => lines(changes, noticed(index)))).toEqual(
      mutants.map((changes) =>
        lines(
          changes,
          changes.flatMap(({ fails }) => fails),
        ),
      ),
    )
    // Where the provider refuses a value too, the run ends with its error instead of none.
    expect(errors.filter((error) => !error.startsWith('open-'))).toEqual([])
    const refusals = assertionsOf(original.path(place)).filter(({ file }) => file === REFUSALS)
    const passing = refusals.filter(
      ({ run }) => !notPassed.some((line) => line.startsWith('open-') && line.endsWith(` ${run}`)),
    )
    expect(passing).toEqual([])
  })
})
