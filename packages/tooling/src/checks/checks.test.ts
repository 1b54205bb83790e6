import { describe, expect, test } from 'vitest'
import { actionMetadata } from './action-metadata.ts'
import { incompatibleLicences, unexplainedDependencies } from './dependencies.ts'
import { dependencyDirection } from './dependency-direction.ts'
import { houseStyle } from './house-style.ts'
import { loopbackAddresses } from './loopback.ts'

const at = (path: string, text: string) => [{ path, text }]

describe('dependency direction', () => {
  test.each([
    ['an action imports core', 'actions/a/src/main.ts', '@ecs-release/core', 0],
    ['an action imports a part of core', 'actions/a/src/main.ts', '@ecs-release/core/action', 0],
    ['an action imports its own file', 'actions/a/src/main.ts', './inputs.ts', 0],
    ['an action imports another action by path', 'actions/a/src/main.ts', '../../b/src/main.ts', 1],
    ['an action imports another action by name', 'actions/a/src/main.ts', '@ecs-release/b', 1],
    ['core imports an action', 'packages/core/src/x.ts', '../../../actions/a/src/main.ts', 1],
    ['core imports the testbed', 'packages/core/src/x.ts', '@ecs-release/testbed', 1],
    ["core's test imports the testbed", 'packages/core/src/x.test.ts', '@ecs-release/testbed', 0],
    ["an action's test imports the testbed", 'actions/a/src/main.test.ts', '@ecs-release/testbed', 0],
    ['the testbed imports core', 'packages/testbed/src/x.ts', '@ecs-release/core', 1],
    ["the testbed's test imports core", 'packages/testbed/src/x.test.ts', '../../core/src/index.ts', 1],
    ['a library', 'packages/core/src/x.ts', '@aws-sdk/client-ecs', 0],
  ])('%s', (_, path, specifier, expected) => {
    expect(dependencyDirection(at(path, `import { x } from '${specifier}'\n`))).toHaveLength(expected)
    expect(dependencyDirection(at(path, `const x = await import('${specifier}')\n`))).toHaveLength(expected)
  })

  test('the line is named', () => {
    const [problem] = dependencyDirection(
      at('packages/core/src/x.ts', `\n\nexport { y } from '@ecs-release/testbed'\n`),
    )
    expect(problem).toMatchObject({ file: 'packages/core/src/x.ts', line: 3 })
  })
})

describe('loopback addresses', () => {
  test.each([
    ['an address', 'packages/core/src/x.ts', "fetch('http://127.0.0.1:4566')", 1],
    ['a name', 'actions/a/src/main.ts', "const host = 'localhost'", 1],
    ['IPv6', 'actions/a/src/main.ts', "const host = '[::1]'", 1],
    ['a test', 'actions/a/src/main.test.ts', "fetch('http://127.0.0.1:4566')", 0],
    ['a fixture', 'packages/core/src/x.fixture.ts', "listen('127.0.0.1')", 0],
    ['the testbed', 'packages/testbed/src/x.ts', "listen('127.0.0.1')", 0],
    ['a version number', 'packages/core/src/x.ts', "const version = '3.127.0.1'", 0],
  ])('%s', (_, path, text, expected) => {
    expect(loopbackAddresses(at(path, text))).toHaveLength(expected)
  })
})

describe('house style', () => {
  test.each([
    ['200 lines', 'packages/core/src/x.ts', 'x\n'.repeat(200), 0],
    ['201 lines', 'packages/core/src/x.ts', 'x\n'.repeat(201), 1],
    ['a file called utils', 'packages/core/src/utils.ts', '', 1],
    ['a folder called helpers', 'packages/core/src/helpers/x.ts', '', 1],
    ['a module mock', 'packages/core/src/x.test.ts', `vi.${'mock'}('x')`, 1],
    ['a type assertion in core', 'packages/core/src/x.ts', 'const x = y as string', 1],
    ['a type assertion in an action', 'actions/a/src/x.ts', 'const x = y as { z: string }', 1],
    ['as const', 'packages/core/src/x.ts', 'const x = [1] as const', 0],
    ['a type assertion in a test', 'packages/core/src/x.test.ts', 'const x = y as string', 0],
    ['a renamed import', 'packages/core/src/x.ts', "import { a as b } from './a.ts'", 0],
    ['prose', 'packages/core/src/x.ts', '// as such it is harmless', 0],
  ])('%s', (_, path, text, expected) => {
    expect(houseStyle(at(path, text))).toHaveLength(expected)
  })
})

describe('action metadata', () => {
  const metadata = (description: string, using = 'node24') =>
    at('actions/a/action.yml', `inputs:\n  x:\n    description: ${description}\nruns:\n  using: ${using}\n`)

  test.each([
    ['a description', metadata('The service.'), 0],
    ['none', metadata("''"), 1],
    ['a bar, which breaks the table', metadata("'a | b'"), 1],
    ['HTML', metadata("'a <b>'"), 1],
    ['two lines', metadata('"a\\nb"'), 1],
    ['underscores', metadata('See AWS_REGION.'), 1],
    ['underscores in backticks', metadata("'See `AWS_REGION`.'"), 0],
    ['an older runtime', metadata('The service.', 'node20'), 1],
  ])('%s', (_, files, expected) => {
    expect(actionMetadata(files)).toHaveLength(expected)
  })
})

describe('dependencies', () => {
  test.each([
    ['with a row', ['yaml'], '| `yaml` | ISC |', 0],
    ['without a row', ['yaml', 'left-pad'], '| `yaml` | ISC |', 1],
    ['of our own', ['@ecs-release/core'], '', 0],
  ])('%s', (_, names, page, expected) => {
    expect(unexplainedDependencies(names, page)).toHaveLength(expected)
  })

  test.each([
    ['MIT', 'a\nMIT\nThe MIT License\n\nb\nISC\ntext', 0],
    ['copyleft', 'a\nMIT\nThe MIT License\n\n@x/b\nGPL-3.0\ntext', 1],
    ['the first one', 'a\nAGPL-3.0\ntext', 1],
  ])('licences: %s', (_, text, expected) => {
    expect(incompatibleLicences(text)).toHaveLength(expected)
  })
})
