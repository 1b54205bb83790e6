import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../repository.ts'

interface Input {
  required?: boolean
  default?: string
}

const actions = globSync('actions/*/action.yml', { cwd: root })

test.each(actions)(
  '%s and the spec have the same inputs, required alike and with the same defaults',
  async (path) => {
    const { inputs: written }: { inputs: Record<string, Input> } = parse(
      readFileSync(join(root, path), 'utf8'),
    )
    const spec: { inputs: { definition: Record<string, Input> } } = await import(
      join(root, path, '../src/inputs.ts')
    )
    expect(normal(spec.inputs.definition)).toEqual(normal(written))
  },
)

/** In their order, so that the reference lists them as the errors do. */
function normal(inputs: Record<string, Input>): unknown[] {
  return Object.entries(inputs).map(([name, input]) => [name, input.required ?? false, input.default])
}

test('there are actions', () => {
  expect(actions).not.toEqual([])
})
