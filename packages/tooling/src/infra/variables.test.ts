import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../repository.ts'
import { places, variableFiles } from './places.ts'

const folders = [...places, 'modules/ecs-service-terraform/example']

/** Variables that nothing checks here, with the reason. A bool is true or false, and needs none. */
const unchecked: Readonly<Record<string, string>> = {
  'stacks/backend tags': 'AWS alone knows which tags an account allows',
  'stacks/network tags': 'AWS alone knows which tags an account allows',
  'stacks/registry tags': 'AWS alone knows which tags an account allows',
  'stacks/service tags': 'AWS alone knows which tags an account allows',
  'stacks/service container': 'checked by modules/ecs-service',
  'stacks/service secret_kms_key_arns': 'checked by modules/ecs-service',
  'stacks/service permissions_boundary_arn': 'checked by modules/ecs-service',
  'stacks/service cpu': 'checked by modules/ecs-service',
  'stacks/service memory': 'checked by modules/ecs-service',
  'stacks/service architecture': 'checked by modules/ecs-service',
  'stacks/service scaling': 'checked by modules/ecs-service',
  'stacks/service container_insights': 'checked by modules/cluster',
  'stacks/service domain': 'checked by modules/load-balancer',
  'stacks/service database': 'checked by modules/database',
  'stacks/service alarms': 'checked by modules/alarms',
  'stacks/service github': 'checked by modules/github-oidc',
  'modules/ecs-service-terraform/example image_tag': 'checked by modules/ecs-service-terraform',
}

const read = (path: string): string => readFileSync(join(root, 'example-infra', path), 'utf8')

/** The variable blocks of a folder, by name. */
const variablesOf = (folder: string): Map<string, string> =>
  new Map(
    variableFiles(join(root, 'example-infra', folder))
      .map((file) => read(`${folder}/${file}`))
      .join('\n')
      .split(/^variable "/m)
      .slice(1)
      .map((block) => [block.slice(0, block.indexOf('"')), block]),
  )

describe.each(folders)('%s', (folder) => {
  test('describes and types every variable, and says whether null may be given', () => {
    for (const block of variablesOf(folder).values()) {
      expect(block).toMatch(/^ {2}description += (".{10}|<<-EOT)/m)
      expect(block).toMatch(/^ {2}type += /m)
      expect(block).toMatch(/^ {2}(nullable += false|default += null)$/m)
    }
  })
})

test('every variable is checked, but for a list with reasons', () => {
  const found = folders.flatMap((folder) =>
    [...variablesOf(folder)]
      .filter(([, block]) => !block.includes('validation {') && !/^ {2}type += bool$/m.test(block))
      .map(([name]) => `${folder} ${name}`),
  )
  expect(found.sort()).toEqual(Object.keys(unchecked).sort())
})

test('who checks a variable in another folder’s name takes it and checks it', () => {
  for (const [line, why] of Object.entries(unchecked)) {
    const module = /^checked by (\S+)$/.exec(why)?.[1]
    if (module === undefined) continue
    const [folder = '', name = ''] = line.split(' ')
    const passed = readdirSync(join(root, 'example-infra', folder))
      .filter((file) => file.endsWith('.tf') && !file.startsWith('variables'))
      .map((file) => read(`${folder}/${file}`))
      .join('\n')
    expect(passed).toMatch(new RegExp(`\\bvar\\.${name}\\b`))
    expect([...variablesOf(module).values()].join()).toContain('validation {')
  }
})
