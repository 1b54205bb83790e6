// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not ours.
import { existsSync, mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { runWritten } from './written-action.fixture.ts'

afterEach(() => void vi.unstubAllEnvs())

const showEnvironment = { main: 'say(JSON.stringify({ ...process.env, cwd: process.cwd() }))' }

describe('what an action gets', () => {
  test("nothing of the caller's environment but PATH and HOME", async () => {
    vi.stubEnv('FOREIGN_TOKEN', 'of the caller')
    vi.stubEnv('GITHUB_TOKEN', 'of the caller')
    vi.stubEnv('INPUT_SERVICE', 'of the caller')
    await using run = await runWritten(showEnvironment, { env: { GIVEN: '1' } })
    const environment = JSON.parse(run.stdout)
    expect(environment).toMatchObject({
      GIVEN: '1',
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      CI: 'true',
    })
    expect(environment.FOREIGN_TOKEN).toBeUndefined()
    expect(environment.GITHUB_TOKEN).toBeUndefined()
    expect(environment.INPUT_SERVICE).toBeUndefined()
  })

  test("the runner's variables, which env cannot override", async () => {
    const env = { GITHUB_REPOSITORY: 'x/y', RUNNER_OS: 'Other', GITHUB_ACTIONS: 'no', CI: '' }
    await using run = await runWritten(showEnvironment, { env, github: { sha: 'abc' }, event: { number: 7 } })
    const environment = JSON.parse(run.stdout)
    expect(environment).toMatchObject({
      GITHUB_REPOSITORY: 'octo-org/shop',
      GITHUB_SHA: 'abc',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: run.workspace,
      RUNNER_TEMP: run.files,
      RUNNER_WORKSPACE: dirname(run.workspace),
      CI: '',
      cwd: run.workspace,
    })
    expect(environment.RUNNER_OS).not.toBe('Other')
    expect(environment.RUNNER_DEBUG).toBeUndefined()
    expect(environment.GITHUB_EVENT_PATH.startsWith(run.files)).toBe(true)
  })

  test('a RUNNER_TEMP whose place the caller knows, and which is gone afterwards', async () => {
    using parent = mkdtempDisposableSync(join(tmpdir(), 'runner-test-'))
    const root = join(parent.path, 'runner')
    const run = await runWritten(showEnvironment, { root })
    expect(JSON.parse(run.stdout).RUNNER_TEMP).toBe(join(root, '_temp'))
    await run[Symbol.asyncDispose]()
    expect(existsSync(root)).toBe(false)
  })

  test('every declared input, in the form of the runner', async () => {
    const inputs = [
      'aws-region:',
      '  default: us-east-1',
      'two words:',
      '  default: 2',
      'empty:',
      '  required: true',
    ]
    inputs.push('github-token:', '  default: ${{ github.token }}', 'on:', '  default: True', 'pull:')
    inputs.push('  default: ${{ github.event.number }}')
    const given = { 'aws-region': 'eu-west-1', rate: 1.1, flag: true, extra: 'x' }
    await using run = await runWritten(
      { ...showEnvironment, inputs },
      { inputs: given, token: 'T0ken!', event: { number: 7 } },
    )
    expect(JSON.parse(run.stdout)).toMatchObject({
      'INPUT_AWS-REGION': 'eu-west-1',
      INPUT_TWO_WORDS: '2',
      INPUT_EMPTY: '',
      'INPUT_GITHUB-TOKEN': 'T0ken!',
      INPUT_ON: 'true',
      INPUT_PULL: '7',
      INPUT_RATE: '1.1',
      INPUT_FLAG: 'true',
      INPUT_EXTRA: 'x',
    })
    expect(run.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining("Unexpected input(s) 'rate', 'flag', 'extra'") },
    ])
    expect(run.log).not.toContain('T0ken!')
  })

  test('a closed standard input and no terminal', async () => {
    const main = `
      let bytes = 0
      for await (const chunk of process.stdin) bytes += chunk.length
      say([bytes, process.stdin.isTTY, process.stdout.isTTY].map(String).join())`
    await using run = await runWritten({ main })
    expect(run.stdout).toBe('0,undefined,undefined\n')
  })

  test.each(['composite', 'docker', 'node'])('no run at all when it runs using %s', async (using) => {
    await expect(runWritten({ main: '', using })).rejects.toThrow(
      `is no JavaScript action: it runs using ${using}`,
    )
  })

  test('no run at all with an expression that the runner does not know', async () => {
    const inputs = ['a:', "  default: ${{ hashFiles('x') }}"]
    await expect(runWritten({ main: '', inputs })).rejects.toThrow('does not know this expression')
  })

  test('no run at all without its Node', async () => {
    await expect(runWritten({ main: '' }, { node: '/nowhere/node' })).rejects.toThrow('ENOENT')
  })
})

describe('what an action leaves', () => {
  test('outputs, state, environment, paths and summary', async () => {
    const main = `
      append('GITHUB_OUTPUT', 'a=1\\nlines<<E\\none\\ntwo\\nE\\n')
      append('GITHUB_STATE', 'key=kept\\n')
      append('GITHUB_ENV', 'NEXT=step\\nNODE_OPTIONS=--no-warnings\\n')
      append('GITHUB_PATH', '/first\\n/second\\n')
      append('GITHUB_STEP_SUMMARY', '# Done\\n')`
    const post = 'say(JSON.stringify(process.env))'
    await using run = await runWritten({ main, post })
    expect(run).toMatchObject({
      exitCode: 0,
      conclusion: 'success',
      outputs: { a: '1', lines: 'one\ntwo' },
      state: { key: 'kept' },
      exported: { NEXT: 'step' },
      paths: ['/first', '/second'],
      summary: '# Done\n',
    })
    expect(run.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "error: Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
    ])
    const environment = JSON.parse(run.stdout)
    expect(environment).toMatchObject({ STATE_key: 'kept', NEXT: 'step' })
    expect(environment.PATH).toBe(`/second:/first:${process.env.PATH}`)
  })

  test('outputs also of a script that fails', async () => {
    await using run = await runWritten({ main: "append('GITHUB_OUTPUT', 'outcome=failed'); process.exit(3)" })
    expect(run).toMatchObject({ exitCode: 3, conclusion: 'failure', outputs: { outcome: 'failed' } })
  })

  test('a failed step when a file cannot be read, with what stands before the mistake', async () => {
    await using run = await runWritten({ main: "append('GITHUB_OUTPUT', 'a=1\\nwords\\nb=2')" })
    expect(run).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: { a: '1' } })
    expect(run.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid format 'words'",
    ])
  })

  test('variables and paths by command only when that is allowed', async () => {
    const main = "say('::set-env name=A::1', '::add-path::/first')"
    await using refused = await runWritten({ main })
    await using allowed = await runWritten({ main }, { env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true' } })
    expect(refused).toMatchObject({ conclusion: 'failure', exported: {}, paths: [] })
    expect(allowed).toMatchObject({ conclusion: 'success', exported: { A: '1' }, paths: ['/first'] })
  })

  test('no summary above the limit, and no failure either', async () => {
    const main = "append('GITHUB_STEP_SUMMARY', 'x'.repeat(Number(process.env.SIZE)))"
    await using fits = await runWritten({ main }, { env: { SIZE: String(1024 * 1024) } })
    await using exceeds = await runWritten({ main }, { env: { SIZE: String(1024 * 1024 + 1024) } })
    expect(fits.summary).toHaveLength(1024 * 1024)
    expect(exceeds).toMatchObject({ conclusion: 'success', summary: '' })
    expect(exceeds.annotations[0]?.message).toContain('size of 1024k, got 1025k')
  })

  test('nothing on the disk after disposal', async () => {
    const run = await runWritten({ main: '' })
    expect(existsSync(run.files)).toBe(true)
    await run[Symbol.asyncDispose]()
    expect(existsSync(run.files)).toBe(false)
  })
})
