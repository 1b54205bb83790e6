import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../repository.ts'
import { type SharedProvider, shareProvider } from './mock-provider.ts'
import { mutate, mutationsOf, splitRefusals, withoutValidation } from './mutation/mutation.ts'
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
    expect(result).toMatchObject({ errors: [], failed: [] })
    expect(result.passed).toBe(
      new Set(assertionsOf(original.path(place)).map(({ file, run }) => `${file} ${run}`)).size,
    )
  })

  test('no two assertions have one message, and each has a mutation', () => {
    const claims = assertionsOf(original.path(place))
      .map(({ claim }) => claim)
      .filter((claim) => !claim.startsWith('refuses '))
    expect(new Set(claims).size).toBe(claims.length)
    expect(claims.length).toBeGreaterThan(0)
    expect([...new Set(mutations.flatMap(({ fails }) => fails))].sort()).toEqual(claims.sort())
  })

  test.concurrent('without the validations every wrong value passes', async () => {
    using copy = workspace(original.folder)
    withoutValidation(copy.path(place))
    const files = splitRefusals(copy.path(place))
    const refusals = assertionsOf(copy.path(place)).filter(({ claim }) => claim.startsWith('refuses '))
    const { failed } = await terraformTest(copy.path(place), provider.env, files)
    expect(failed).toEqual(expect.arrayContaining(refusals))
    expect(failed).toHaveLength(refusals.length)
  })

  test.concurrent.each(mutations)('$file: $from → $to', async (mutation) => {
    using copy = workspace(original.folder)
    mutate(copy.path(place), mutation)
    const { errors, failed } = await terraformTest(copy.path(place), provider.env)
    expect({ errors, failed: failed.map(({ claim }) => claim).sort() }).toEqual({
      errors: [],
      failed: [...mutation.fails].sort(),
    })
  })
})
