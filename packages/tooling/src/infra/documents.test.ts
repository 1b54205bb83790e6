import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../repository.ts'
import { environments } from './places.ts'
import { shellBlocks } from './shell-blocks.ts'

const documents = ['example-infra/README.md', 'action-docs/guides/first-deployment.md'] as const
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe.each(documents)('the commands of %s', (path) => {
  const commands = shellBlocks(path).join('\n')

  test('lead to the files of no one environment, which a reader would repeat for another', () => {
    expect(commands).toContain('environments/$ENVIRONMENT.tfvars')
    expect(commands.match(new RegExp(`environments/(${environments.join('|')})\\b.*`, 'g'))).toBeNull()
  })

  test('name the Region once', () => {
    expect(commands.match(/.*\b[a-z]{2}-[a-z]+-\d\b.*/g)).toEqual(['export AWS_REGION=us-east-1'])
  })
})

test('no environment names the Region', () => {
  for (const stack of ['network', 'service'])
    for (const name of environments)
      expect(read(`example-infra/stacks/${stack}/environments/${name}.tfvars`)).not.toMatch(/^region\b/m)
})

test('the guide sets for an image without Node what the container has', () => {
  const [, block = ''] = /^```json\n(\{\n {2}"container"[\s\S]*?)^```$/m.exec(read(documents[1])) ?? []
  const set = Object.keys(JSON.parse(block).container)
  const { variable = '' } =
    /^variable "container" \{(?<variable>[\s\S]*?)^\}/m.exec(
      read('example-infra/stacks/service/variables-task.tf'),
    )?.groups ?? {}
  const has = [...variable.matchAll(/^ {4}(\w+) += optional/gm)].map(([, name]) => name)
  expect(set).toEqual(['health_check_command', 'read_only_root_filesystem'])
  expect(has).toEqual(expect.arrayContaining(set))
})
