import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../repository.ts'
import { runScript } from './step-script.fixture.ts'
import { jobsOf, scriptOf, workflowOf } from './workflow-files.fixture.ts'

const take = (SECRETS: string) => runScript(scriptOf('build', 'image', 'secrets'), { SECRETS })

describe('the secrets of a build', () => {
  test.each<[string, string, Record<string, string>]>([
    ['none', '', {}],
    ['empty lines', '\n  \n', {}],
    ['one', 'npm=t0ken', { npm: 't0ken' }],
    [
      'several, after an empty line and with Windows line ends',
      '\r\nnpm=a\r\nGIT_AUTH_TOKEN=b\r\n',
      { npm: 'a', GIT_AUTH_TOKEN: 'b' },
    ],
    [
      'all that a value can hold',
      `npm= a=b $(id) \`id\` "c' %0A \\n << `,
      { npm: ` a=b $(id) \`id\` "c' %0A \\n << ` },
    ],
  ])('%s', (_, secrets, expected) => {
    const { env, exitCode, log, output } = take(secrets)
    expect(exitCode, log).toBe(0)
    const [, lines = ''] = /^secrets<<(?:[A-Z-]+)\n(.*)END-OF-SECRETS\n$/s.exec(output) ?? []
    const variables = Object.fromEntries(pairs(env))
    const taken = pairs(lines).map(([id, name = '']) => [id, variables[name]])
    expect(Object.fromEntries(taken)).toEqual(expected)
    // Nothing but the masks is printed, in which % begins an escape.
    const masks = Object.values(expected).map((value) => `::add-mask::${value.replaceAll('%', '%25')}\n`)
    expect(log).toBe(masks.join(''))
  })

  test.each([
    ['no id', 's3cret', 'line 1: expected ID=VALUE, each secret in one line'],
    ['a second line', 'key=BEGIN\ns3cret/+', 'line 2: expected ID=VALUE, each secret in one line'],
    ['an id that is none', 'n p m=s3cret', 'line 1: expected ID=VALUE, each secret in one line'],
    ['no value', 'a=1\nnpm=', 'line 2: npm has no value: set the secret that it comes from; pull requests'],
    ['blanks', 'npm=  ', 'line 1: npm has no value'],
  ])('%s is refused, without a word of it', (_, secrets, message) => {
    const { exitCode, log, output } = take(secrets)
    expect(exitCode).toBe(1)
    expect(log).toContain(`::error::build-secrets: ${message}`)
    expect(log).not.toContain('s3cret')
    expect(output).toBe('')
  })

  test('reach the build by way of the release, and are inputs of neither', () => {
    expect(jobsOf('release').build?.secrets).toEqual({ 'build-secrets': `\${{ secrets.build-secrets }}` })
    for (const name of ['build', 'release']) {
      const { inputs, secrets } = workflowOf(name).on.workflow_call
      expect(secrets).toMatchObject({ 'build-secrets': { required: false } })
      expect(Object.keys(inputs)).not.toContain('build-secrets')
    }
    const text = readFileSync(join(root, '.github/workflows/build.yml'), 'utf8')
    expect(text.match(/secrets\.build-secrets/g)).toHaveLength(1)
    const { inputs } = parse(readFileSync(join(root, 'actions/build-push-ecr/action.yml'), 'utf8'))
    expect(inputs.secrets.description).toContain('id=NAME_OF_ENV_VARIABLE')
  })
})

const pairs = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
