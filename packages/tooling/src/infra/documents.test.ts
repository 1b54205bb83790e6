import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../repository.ts'
import { environments } from './places.ts'

const documents = ['example-infra/README.md', 'action-docs/guides/first-deployment.md'] as const

describe.each(documents)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8')
  const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '')

  test('leads no command to the files of one environment, which a reader would repeat for another', () => {
    expect(commands.join('\n')).toContain('environments/$ENVIRONMENT.tfvars')
    expect(
      commands.join('\n').match(new RegExp(`environments/(${environments.join('|')})\\b.*`, 'g')),
    ).toBeNull()
  })
})
