import { describe, expect, test } from 'vitest'
import { runWritten } from './written-action.fixture.ts'

const say = (...lines: string[]) => ({ main: `say(...${JSON.stringify(lines)})` })

describe('the log', () => {
  test.each([
    ['plain lines', ['a', ' b'], 'a\n b\n'],
    ['groups', ['::group::Plan', 'in', '::endgroup::', 'out'], '▸ Plan\n  in\nout\n'],
    ['a group after a group', ['::group::A', 'a', '::group::B', 'b'], '▸ A\n  a\n▸ B\n  b\n'],
    [
      'annotations',
      ['::error::e', '::warning::w', '::notice file=a::n'],
      'Error: e\nWarning: w\nNotice: n\n',
    ],
    ['an annotation of several lines', ['::group::A', '::error::e%0Af'], '▸ A\n  Error: e\n  f\n'],
    ['debug lines', ['::debug::hidden', 'shown'], 'shown\n'],
    [
      'state and masks',
      ['::add-mask::s3cret', 'a s3cret', '::save-state name=a::b'],
      /^a \*\*\*\nWarning: .*deprecated/,
    ],
    [
      'commands that are echoed',
      ['::echo::on', '::add-matcher::x', '::add-mask::y', '::echo::off'],
      '::add-matcher::x\n',
    ],
    ['unknown commands', ['::explode::x'], '::explode::x\n'],
    ['a lone carriage return, which ends a line', ['a\r::error::b'], 'a\nError: b\n'],
    ['Windows line breaks', ['a\r', 'b\r'], 'a\nb\n'],
    ['an empty mask', ['::add-mask::'], /^Warning: Can't add secret mask/],
  ])('shows %s', async (_, lines, log) => {
    await using run = await runWritten(say(...lines))
    expect(run.conclusion).toBe('success')
    if (typeof log === 'string') expect(run.log).toBe(log)
    else expect(run.log).toMatch(log)
  })

  test('shows debug lines when the run debugs', async () => {
    await using run = await runWritten(say('::debug::shown'), { debug: true })
    expect(run.log).toBe('##[debug]shown\n')
  })

  test('is told line by line, and commands on stderr count', async () => {
    const told: string[] = []
    await using run = await runWritten(
      { main: "console.error('::error::e')" },
      { onOutput: (line) => told.push(line) },
    )
    expect(told).toEqual(['Error: e'])
    expect(run.stderr).toBe('::error::e\n')
    expect(run.annotations).toEqual([{ level: 'error', message: 'e' }])
  })

  test('masks annotations and summary too', async () => {
    const main =
      "say('::add-mask::s3cret', '::error title=s3cret::s3cret!'); append('GITHUB_STEP_SUMMARY', 's3cret')"
    await using run = await runWritten({ main }, { secrets: ['other'] })
    expect(run.annotations).toEqual([{ level: 'error', title: '***', message: '***!' }])
    expect(run.summary).toBe('***')
    expect(run.log).toBe('Error: ***!\n')
  })
})

describe('stop-commands', () => {
  test('shows what would be commands, until the token', async () => {
    const lines = ['::stop-commands::t0k', '::error::a', '##[error]b', '::T0K::', '::error::c']
    await using run = await runWritten(say(...lines))
    expect(run.log).toBe('::error::a\n##[error]b\n::T0K::\nError: c\n')
  })

  test('masks a long token, and ends with the stage', async () => {
    await using run = await runWritten({
      ...say('::stop-commands::long-token', '::long-token'),
      post: "say('::error::x')",
    })
    expect(run.log).toBe('::***\nPost post.mjs\nError: x\n')
  })

  test.each(['', 'pause-logging', 'Error', 'endgroup'])('the token %j fails the step', async (token) => {
    await using run = await runWritten(say(`::stop-commands::${token}`, '::error::still a command'))
    expect(run.conclusion).toBe('failure')
    expect(run.log).toContain('Error: still a command')
  })
})

describe('annotations', () => {
  test.each([
    [
      'a place',
      'file=a.ts,line=1,endLine=1,col=2,endColumn=5',
      { file: 'a.ts', line: 1, endLine: 1, col: 2, endColumn: 5 },
    ],
    ['an end line alone', 'endLine=4', { line: 4, endLine: 4 }],
    ['columns without a line', 'col=2', {}],
    ['columns over lines', 'line=1,endLine=2,col=3', { line: 1, endLine: 2 }],
    ['reversed lines', 'line=2,endLine=1', {}],
    ['reversed columns', 'line=2,col=5,endColumn=1', { line: 2 }],
    ['a line that is no number', 'line=two', {}],
  ])('%s', async (_, properties, place) => {
    await using run = await runWritten(say(`::error ${properties}::m`))
    expect(run.annotations).toEqual([{ level: 'error', message: 'm', ...place }])
  })

  test('name files by their place in the workspace', async () => {
    await using run = await runWritten({ main: "say('::error file=' + process.cwd() + '/src/a.ts::m')" })
    expect(run.annotations[0]?.file).toBe('src/a.ts')
  })

  test('are ten of each level a step at most, and cut', async () => {
    const main = "for (let i = 0; i < 12; i++) say('::error::' + i + 'x'.repeat(5000)); say('::notice::n')"
    await using run = await runWritten({ main, post: "say('::error::post')" })
    expect(run.annotations).toHaveLength(12)
    expect(run.annotations[9]?.message).toHaveLength(4096)
    expect(run.annotations.slice(10).map(({ message }) => message)).toEqual(['n', 'post'])
  })
})
