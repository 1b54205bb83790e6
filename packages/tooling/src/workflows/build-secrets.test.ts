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

describe('an image whose address holds the value of a secret', () => {
  const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
  const digest = `sha256:${'0a1b'.repeat(16)}`
  const see = (value: string) =>
    runScript(scriptOf('build', 'image', 'handed-on'), {
      URI: `${registry}/orders@${digest}`,
      IMAGE: `${registry}/orders:main-5f3c@${digest}`,
      TAKEN: 'npm=BUILD_SECRET_1\nuser=BUILD_SECRET_3\n',
      BUILD_SECRET_1: 't0ken',
      BUILD_SECRET_3: value,
    })

  test.each([
    ['the account id', '111122223333'],
    ['the repository', 'orders'],
    ['the repository, with blanks around it', ' orders '],
    ['a tag', 'main'],
    ['a digit of the digest', '0'],
    ['what ends one name and begins the next', 'orders@sha256'],
  ])('fails the build, as GitHub would hand on no image: %s', (_, value) => {
    const { exitCode, log } = see(value)
    expect(exitCode).toBe(1)
    expect(log).toMatch(/^::error::The value of the secret user in build-secrets occurs in the address/)
    expect(log).toMatch(/ there would be no image to deploy\. .*: give it by build-args/)
    // Its id alone: the text is the same whatever the value.
    expect(log).toBe(see(registry).log)
  })

  test.each([
    ['another text', 's3cret'],
    ['the same in capitals, which GitHub tells apart', 'ORDERS'],
    ['what the shell would take for a pattern', '*'],
    ['a pattern in brackets', '[a-z]'],
  ])('is no matter with %s', (_, value) => {
    expect(see(value)).toMatchObject({ exitCode: 0, log: '' })
  })

  describe('and is known before the push', () => {
    const role = 'arn:aws:iam::111122223333:role/orders-build'
    const known = { PUSH: 'true', REPOSITORY: 'team/orders', REGION: 'eu-west-1', ROLE: role }
    const other = '444455556666.dkr.ecr.us-east-1.amazonaws.com/team/orders'
    const before = (value: string, over: Record<string, string> = {}) =>
      runScript(scriptOf('build', 'image', 'secrets'), {
        SECRETS: `npm=t0ken\nuser=${value}`,
        ...known,
        ...over,
      })

    test.each([
      ['the account id', '111122223333', {}],
      ['the Region', 'eu-west-1', {}],
      ['a part of the name', 'orders', {}],
      ['the name, with blanks around it', ' team/orders ', {}],
      ['the account id of a URI', '444455556666', { REPOSITORY: other }],
    ])('is refused there: %s', (_, value, over) => {
      const { exitCode, log, output } = before(value, over)
      expect(exitCode).toBe(1)
      expect(log).toContain(
        '::error::build-secrets: line 2: the value of user occurs in the address of the image',
      )
      expect(log).toMatch(/; nothing was pushed\. .*: give it by build-args/)
      expect(log.replace(`::add-mask::${value}`, '')).not.toContain(value)
      expect(output).toBe('')
    })

    test.each([
      ['another text', 's3cret', {}],
      ['the Region of the role, where the URI has another', 'eu-west-1', { REPOSITORY: other }],
      ['a build that pushes nothing', 'orders', { PUSH: 'false' }],
      ['what the shell would take for a pattern', '*', {}],
    ])('is no matter with %s', (_, value, over) => {
      expect(before(value, over)).toMatchObject({ exitCode: 0 })
    })

    test('before there are credentials to push with', () => {
      const steps = jobsOf('build').image?.steps ?? []
      const at = (found: (step: (typeof steps)[number]) => boolean): number => steps.findIndex(found)
      const credentials = at(
        ({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@') === true,
      )
      expect(credentials).toBeGreaterThan(at(({ id }) => id === 'secrets'))
    })
  })

  test('is looked for where something is handed on, after the push', () => {
    const steps = jobsOf('build').image?.steps ?? []
    const ids = steps.map(({ id }) => id)
    expect(ids.indexOf('handed-on')).toBeGreaterThan(ids.indexOf('image'))
    expect(steps.at(ids.indexOf('handed-on'))?.if).toBe("inputs.push && steps.secrets.outputs.secrets != ''")
  })
})

const pairs = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
